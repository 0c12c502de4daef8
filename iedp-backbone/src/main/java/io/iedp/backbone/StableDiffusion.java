package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Stable Diffusion as a feature extractor: one pass of its UNet over the latents of a clean picture at a
 * fixed timestep (VPD, Zhao et al., 2023, section 3.2).
 */
final class StableDiffusion implements Backbone {
    private final VaeEncoder vae;
    private final Unet unet;
    private final UnetConfig unetConfig;
    private final VaeConfig vaeConfig;
    private final double timestep;
    private final double latentScale;

    StableDiffusion(
            VaeEncoder vae,
            VaeConfig vaeConfig,
            Unet unet,
            UnetConfig unetConfig,
            double timestep,
            double latentScale) {
        this.vae = vae;
        this.unet = unet;
        this.vaeConfig = vaeConfig;
        this.unetConfig = unetConfig;
        this.timestep = timestep;
        this.latentScale = latentScale;
    }

    @Override
    public List<FeatureLevel> levels() {
        List<FeatureLevel> levels = new ArrayList<>();
        for (int level = 0; level < unetConfig.levels(); level++) {
            levels.add(new FeatureLevel(unetConfig.channels().get(level), vaeConfig.stride() << level));
        }
        return levels;
    }

    @Override
    public int contextWidth() {
        return unetConfig.contextWidth();
    }

    @Override
    public int sizeMultiple() {
        return vaeConfig.stride() << (unetConfig.levels() - 1);
    }

    @Override
    public NDArray encode(NDArray pixels) {
        return Scopes.keep(() -> vae.mode(pixels.mul(2).sub(1)).mul(latentScale));
    }

    @Override
    public Features features(NDArray latents, NDArray context) {
        NDList coarseToFine = unet.features(latents, timestep, context);
        List<NDArray> levels = new ArrayList<>(coarseToFine);
        Collections.reverse(levels);
        return new Features(levels);
    }
}
