package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Scopes;
import io.iedp.pretraining.MinSnr;
import io.iedp.pretraining.NoiseSchedule;

/**
 * What a diffusion model is trained to give (Ho et al., 2020; Salimans and Ho, 2022), and how far it is from it.
 *
 * @param gamma of min-SNR weighting (Hang et al., 2023); 0 weights all timesteps alike
 */
public record DenoisingLoss(NoiseSchedule schedule, double gamma) {
    /** What the model should give for {@link NoiseSchedule#addNoise noisy latents}. */
    public NDArray target(NDArray latents, NDArray noise, int... timesteps) {
        return switch (schedule.prediction()) {
            case EPSILON -> noise;
            case V_PREDICTION -> schedule.velocity(latents, noise, timesteps);
            case SAMPLE -> latents;
        };
    }

    /** The mean squared difference of each sample, (B), without weights. */
    public static NDArray bySample(NDArray prediction, NDArray target) {
        long batch = target.getShape().get(0);
        return Scopes.keep(
                () -> prediction.sub(target).square().reshape(batch, -1).mean(new int[] {1}));
    }

    /** The mean over samples of the weighted mean squared difference; a scalar. */
    public NDArray of(NDArray prediction, NDArray target, int... timesteps) {
        return Scopes.keep(() -> {
            NDArray each = bySample(prediction, target);
            return gamma == 0 ? each.mean() : each.mul(weights(each, timesteps)).mean();
        });
    }

    /** The weights of samples, (B). */
    public NDArray weights(NDArray like, int... timesteps) {
        float[] weights = new float[timesteps.length];
        for (int i = 0; i < weights.length; i++) {
            double snr = schedule.snr(timesteps[i]);
            weights[i] = (float)
                    switch (schedule.prediction()) {
                        case EPSILON -> MinSnr.EPSILON.weight(snr, gamma);
                        case V_PREDICTION -> MinSnr.VELOCITY.weight(snr, gamma);
                        case SAMPLE -> Math.min(snr, gamma);
                    };
        }
        return like.getManager().create(weights, new Shape(weights.length));
    }
}
