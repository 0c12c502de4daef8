package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;

/**
 * How far a variational autoencoder (Kingma and Welling, 2014) is from its pictures, and its latents from a standard normal.
 * Pictures are (B, 3, H, W).
 */
public final class ReconstructionLoss {
    private static final double LEAST_LOG_VARIANCE = -30;
    private static final double MOST_LOG_VARIANCE = 20;

    private ReconstructionLoss() {}

    /**
     * A normal distribution of latents.
     *
     * @param mean (B, C, h, w)
     * @param logVariance of the same shape
     */
    public record Posterior(NDArray mean, NDArray logVariance) {
        /**
         * @param moments (B, 2 * C, h, w): means, then logarithms of variances, which are clipped to -30 to 20
         */
        public static Posterior of(NDArray moments) {
            long channels = moments.getShape().get(1) / 2;
            return new Posterior(
                    Slices.channels(moments, 0, channels),
                    Slices.channels(moments, channels, 2 * channels).clip(LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE));
        }

        /**
         * @param noise standard normal
         */
        public NDArray sample(NDArray noise) {
            return Scopes.keep(() -> logVariance.div(2).exp().mul(noise).add(mean));
        }

        /** The divergence from a standard normal: the sum over a sample's latents, the mean over samples; a scalar. */
        public NDArray divergence() {
            long batch = mean.getShape().get(0);
            return Scopes.keep(() -> mean.square()
                    .add(logVariance.exp())
                    .sub(1)
                    .sub(logVariance)
                    .sum()
                    .mul(0.5f / batch));
        }
    }

    /** The mean of all absolute differences. */
    public static NDArray absolute(NDArray reconstruction, NDArray pixels) {
        return Scopes.keep(() -> reconstruction.sub(pixels).abs().mean());
    }

    /** The mean of all squared differences. */
    public static NDArray squared(NDArray reconstruction, NDArray pixels) {
        return Scopes.keep(() -> reconstruction.sub(pixels).square().mean());
    }

    /** The mean absolute difference of neighbouring pixels' differences, along rows and along columns: edges count. */
    public static NDArray gradient(NDArray reconstruction, NDArray pixels) {
        return Scopes.keep(() -> {
            NDArray error = reconstruction.sub(pixels);
            Shape shape = error.getShape();
            long height = shape.get(2);
            long width = shape.get(3);
            NDArray across =
                    Slices.window(error, 0, height, 1, width).sub(Slices.window(error, 0, height, 0, width - 1));
            NDArray down = Slices.window(error, 1, height, 0, width).sub(Slices.window(error, 0, height - 1, 0, width));
            return across.abs().mean().add(down.abs().mean());
        });
    }
}
