package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import java.util.List;

/** A backbone that does what another does, but for what a subclass changes. */
public abstract class ForwardingBackbone implements Backbone {
    private final Backbone backbone;

    protected ForwardingBackbone(Backbone backbone) {
        this.backbone = backbone;
    }

    /**
     * What a backbone encodes the pixels of a batch to, with the batch at hand for those that know its samples.
     *
     * @param pixels of the batch, padded
     */
    static NDArray encode(Backbone backbone, Batch batch, NDArray pixels) {
        return backbone instanceof ForwardingBackbone forwarding
                ? forwarding.encode(batch, pixels)
                : backbone.encode(pixels);
    }

    /**
     * {@link #encode(NDArray)} of pixels that come from a batch.
     *
     * @param pixels of the batch, padded
     */
    public NDArray encode(Batch batch, NDArray pixels) {
        return encode(backbone, batch, pixels);
    }

    @Override
    public List<FeatureLevel> levels() {
        return backbone.levels();
    }

    @Override
    public int contextWidth() {
        return backbone.contextWidth();
    }

    @Override
    public int sizeMultiple() {
        return backbone.sizeMultiple();
    }

    @Override
    public NDArray encode(NDArray pixels) {
        return backbone.encode(pixels);
    }

    @Override
    public boolean hasFrozenEncoder() {
        return backbone.hasFrozenEncoder();
    }

    @Override
    public Features features(NDArray latents, NDArray context) {
        return backbone.features(latents, context);
    }

    @Override
    public Features features(NDArray latents, NDArray context, AttentionRequest request) {
        return backbone.features(latents, context, request);
    }
}
