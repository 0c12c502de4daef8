package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import io.iedp.backbone.Trace;
import io.iedp.backbone.VaeConfig;
import io.iedp.backbone.VaeDecoder;
import io.iedp.backbone.VaeEncoder;
import io.iedp.nn.Layers;
import io.iedp.pretraining.objective.ReconstructionLoss.Posterior;

/** Both halves of diffusers' AutoencoderKL, whose results have 32 bits whatever the precision of products. */
public record Autoencoder(VaeEncoder encoder, VaeDecoder decoder, Kernels kernels) {
    public Autoencoder(Layers layers, VaeConfig config) {
        this(new VaeEncoder(layers, config), new VaeDecoder(layers, config), layers.kernels());
    }

    /**
     * @param pixels (B, 3, H, W), -1 to 1
     */
    Posterior posterior(NDArray pixels) {
        return Posterior.of(kernels.float32(encoder.moments(pixels, Trace.none())));
    }

    /** The likeliest latents, (B, C, h, w). */
    NDArray mode(NDArray pixels) {
        return kernels.float32(encoder.mode(pixels));
    }

    /** (B, 3, H, W), about -1 to 1. */
    NDArray decode(NDArray latents) {
        return kernels.float32(decoder.decode(latents));
    }
}
