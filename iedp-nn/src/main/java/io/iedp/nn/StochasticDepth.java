package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * Passes over residual blocks at random in training, each sample by itself (Huang et al., 2016), with what is kept
 * scaled up so that its mean stays, as timm's {@code drop_path} does.
 *
 * @param share of the samples whose block is passed over, from 0 to below 1
 */
public record StochasticDepth(double share) {
    /** Nothing is passed over. */
    public static final StochasticDepth NONE = new StochasticDepth(0);

    /**
     * Draws which samples a block runs for.
     *
     * @param x (B, C, H, W)
     * @return (B, 1, 1, 1), the factor of the block's residual: 0 or {@code 1 / (1 - share)}; empty if all run, as they do
     *     whenever no gradients are recorded
     */
    public Optional<NDArray> draw(NDArray x) {
        if (share == 0 || !Gradients.isRecording()) {
            return Optional.empty();
        }
        Shape shape = new Shape(x.getShape().get(0), 1, 1, 1);
        try (NDArray random = x.getManager().randomUniform(0, 1, shape);
                NDArray kept = random.gte(share);
                NDArray factor = kept.toType(DataType.FLOAT32, false)) {
            return Optional.of(factor.div(1 - share));
        }
    }
}
