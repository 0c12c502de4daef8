package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;

/** Turns the recording of gradients on and off for the current thread, and runs it backwards. */
public final class Gradients {
    private Gradients() {}

    /** While it is open, operations on this thread are recorded. */
    public static final class Recording implements AutoCloseable {
        private final boolean before = JniUtils.isGradMode();

        private Recording(boolean on) {
            Torch.engine();
            JniUtils.setGradMode(on);
        }

        @Override
        public void close() {
            JniUtils.setGradMode(before);
        }
    }

    /** Records until the result is closed. */
    public static Recording record() {
        return new Recording(true);
    }

    /** Records nothing until the result is closed. */
    public static Recording pause() {
        return new Recording(false);
    }

    /** Adds the gradients of a scalar to those of the parameters that it was computed from. */
    public static void backward(NDArray scalar) {
        try (NDArray one = scalar.onesLike()) {
            backward(scalar, one);
        }
    }

    /** Goes on from the gradient of some later quantity with respect to the array. */
    public static void backward(NDArray array, NDArray gradient) {
        JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, false, false);
    }

    /** A new handle of the parameter's gradient, or empty when nothing has reached it; the caller closes it. */
    public static Optional<NDArray> of(NDArray parameter) {
        return Optional.ofNullable(JniUtils.getGradient((PtNDArray) parameter));
    }

    /** Sets the parameter's gradient to zero. */
    public static void clear(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }
}
