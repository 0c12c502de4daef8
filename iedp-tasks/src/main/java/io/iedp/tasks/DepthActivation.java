package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.nn.Activation;

/** What makes depth, or its logarithm, of an output without bounds. */
public enum DepthActivation {
    /** From 0 to the largest depth. */
    SIGMOID {
        @Override
        public NDArray depth(NDArray output, double maxDepth) {
            return Activation.sigmoid(output).mul((float) maxDepth);
        }

        @Override
        NDArray logDepth(NDArray output, double maxDepth) {
            return Activation.softPlus(output.neg()).neg().add((float) Math.log(maxDepth));
        }
    },

    SOFTPLUS {
        @Override
        public NDArray depth(NDArray output, double maxDepth) {
            return Activation.softPlus(output);
        }

        /** Below the bound, log(log(1 + exp(x))) is x to the last bit of a float. */
        @Override
        NDArray logDepth(NDArray output, double maxDepth) {
            NDArray log = Activation.softPlus(output.maximum(LINEAR)).log();
            return NDArrays.where(output.lt(LINEAR), output, log);
        }
    },

    EXP {
        @Override
        public NDArray depth(NDArray output, double maxDepth) {
            return output.exp();
        }

        @Override
        NDArray logDepth(NDArray output, double maxDepth) {
            return output;
        }
    };

    private static final float LINEAR = -17;

    /** In metres. */
    public abstract NDArray depth(NDArray output, double maxDepth);

    /** The logarithm of {@link #depth}, finite even where the depth itself is too small for a float. */
    abstract NDArray logDepth(NDArray output, double maxDepth);
}
