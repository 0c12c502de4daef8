package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.AttentionMap;
import io.iedp.api.backbone.AttentionRequest;
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
public final class StableDiffusion implements Backbone {
    private final VaeEncoder vae;
    private final Unet unet;
    private final UnetConfig unetConfig;
    private final VaeConfig vaeConfig;
    private final List<Integer> taps;
    private final double timestep;
    private final double latentScale;
    private final boolean hasFrozenEncoder;

    /**
     * @param taps the blocks of the way up whose states are the features, counted from the coarsest
     * @param timestep from 0 to 999
     * @param latentScale factor of the latents; 1 for none
     * @param hasFrozenEncoder whether the encoder is frozen, so that its latents may be kept for other passes over a picture
     */
    public StableDiffusion(
            VaeEncoder vae,
            VaeConfig vaeConfig,
            Unet unet,
            UnetConfig unetConfig,
            List<Integer> taps,
            double timestep,
            double latentScale,
            boolean hasFrozenEncoder) {
        this.vae = vae;
        this.unet = unet;
        this.vaeConfig = vaeConfig;
        this.unetConfig = unetConfig;
        this.taps = List.copyOf(taps);
        this.timestep = timestep;
        this.latentScale = latentScale;
        this.hasFrozenEncoder = hasFrozenEncoder;
    }

    @Override
    public List<FeatureLevel> levels() {
        List<FeatureLevel> levels = new ArrayList<>();
        for (int tap : taps) {
            int level = unetConfig.levelOfUpBlock(tap);
            int stride = stride(level) / (unetConfig.enlarges(tap) ? 2 : 1);
            levels.add(0, new FeatureLevel(unetConfig.channels().get(level), stride));
        }
        return levels;
    }

    @Override
    public int contextWidth() {
        return unetConfig.contextWidth();
    }

    @Override
    public int sizeMultiple() {
        return stride(unetConfig.levels() - 1);
    }

    @Override
    public NDArray encode(NDArray pixels) {
        return Scopes.keep(() -> vae.mode(pixels.mul(2).sub(1)).mul(latentScale));
    }

    @Override
    public boolean hasFrozenEncoder() {
        return hasFrozenEncoder;
    }

    @Override
    public Features features(NDArray latents, NDArray context) {
        return features(latents, context, AttentionRequest.NONE);
    }

    @Override
    public Features features(NDArray latents, NDArray context, AttentionRequest request) {
        Trace trace = new Trace(
                place -> false,
                place -> request.parts().contains(place.part())
                        && request.strides().contains(stride(level(place))),
                request.byHead());
        NDList coarseToFine = unet.features(latents, new double[] {timestep}, context, trace);
        List<NDArray> levels = new ArrayList<>(coarseToFine);
        Collections.reverse(levels);
        List<AttentionMap> maps = new ArrayList<>();
        trace.weights().forEach((place, weights) -> {
            int level = level(place);
            maps.add(new AttentionMap(place.part(), stride(level), map(weights, latents.getShape(), level)));
        });
        return new Features(levels, maps);
    }

    /** (B, N, T) or (B, heads, N, T) to the same with T before N, which is split into rows and columns. */
    private static NDArray map(NDArray weights, Shape latents, int level) {
        int axes = weights.getShape().dimension();
        NDArray tokensFirst = weights.swapAxes(axes - 2, axes - 1);
        Shape shape = tokensFirst.getShape().slice(0, axes - 1);
        return tokensFirst.reshape(shape.add(latents.get(2) >> level).add(latents.get(3) >> level));
    }

    private int level(Trace.Place place) {
        return switch (place.part()) {
            case DOWN -> place.block();
            case MID -> unetConfig.levels() - 1;
            case UP -> unetConfig.levels() - 1 - place.block();
        };
    }

    private int stride(int level) {
        return vaeConfig.stride() << level;
    }
}
