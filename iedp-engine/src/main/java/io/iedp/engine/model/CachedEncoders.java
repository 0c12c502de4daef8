package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.config.experiment.Component;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import java.util.List;
import java.util.function.Supplier;

/** Components whose frozen parts look into a cache first. */
final class CachedEncoders {
    private CachedEncoders() {}

    /** The backbone itself, if its encoder trains. */
    static Backbone of(Backbone backbone, EncodingCache cache, Component component, ModelWeights weights) {
        return backbone.encodesForGood()
                ? new CachedBackbone(backbone, cache, identity("backbone", component, "", weights))
                : backbone;
    }

    /**
     * @param info whose class names prompts are made of
     */
    static GuidanceBranch of(
            String name,
            GuidanceBranch branch,
            EncodingCache cache,
            Component component,
            DatasetInfo info,
            ModelWeights weights) {
        return new CachedBranch(branch, cache, identity("guidance." + name, component, info.toString(), weights));
    }

    /**
     * What tells a component from all others: its settings and its frozen weights. Those that come from a file are looked at
     * now, while they can be read; the others when the first sample comes, since until then a checkpoint may change them.
     */
    private static Supplier<String> identity(String scope, Component component, String more, ModelWeights weights) {
        String known = "%s %s %s %s"
                .formatted(
                        component.type(),
                        component.configuration(),
                        more,
                        WeightDigest.of(
                                weights.parameters(), parameter -> isOf(scope, parameter) && parameter.loaded()));
        return new Supplier<>() {
            private String all;

            @Override
            public String get() {
                if (all == null) {
                    all = known
                            + WeightDigest.of(
                                    weights.parameters(), parameter -> isOf(scope, parameter) && !parameter.loaded());
                }
                return all;
            }
        };
    }

    private static boolean isOf(String scope, Parameter parameter) {
        return parameter.role() == Parameter.Role.FROZEN && parameter.name().startsWith(scope + ".");
    }

    private record CachedBackbone(Backbone backbone, EncodingCache cache, Supplier<String> identity)
            implements Backbone {
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
            return cache.encode(
                            identity.get(), false, Batch.of(pixels), one -> new NDList(backbone.encode(one.pixels())))
                    .head();
        }

        @Override
        public boolean encodesForGood() {
            return true;
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

    private static final class CachedBranch extends ForwardingBranch {
        private final EncodingCache cache;
        private final Supplier<String> identity;

        CachedBranch(GuidanceBranch branch, EncodingCache cache, Supplier<String> identity) {
            super(branch);
            this.cache = cache;
            this.identity = identity;
        }

        @Override
        public NDList encode(Batch batch) {
            return cache.encode(identity.get(), true, batch, super::encode);
        }
    }
}
