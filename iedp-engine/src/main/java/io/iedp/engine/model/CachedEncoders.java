package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.nn.Kernels;
import io.iedp.config.experiment.Component;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Components whose frozen parts look into a cache first. */
final class CachedEncoders {
    private CachedEncoders() {}

    /** The backbone itself, if its encoder trains. */
    static Backbone of(
            Backbone backbone, EncodingCache cache, Component component, ModelWeights weights, Kernels kernels) {
        return backbone.hasFrozenEncoder()
                ? new CachedBackbone(backbone, cache, identity("backbone", component, "", weights), kernels)
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
            ModelWeights weights,
            Kernels kernels) {
        return new CachedBranch(
                branch, of("guidance." + name, branch::encode, cache, component, info, weights, kernels));
    }

    /** An encoder of samples that looks into the cache first. */
    static Function<Batch, NDList> of(
            String scope,
            Function<Batch, NDList> encoder,
            EncodingCache cache,
            Component component,
            DatasetInfo info,
            ModelWeights weights,
            Kernels kernels) {
        Supplier<String> identity = identity(scope, component, info.toString(), weights);
        return batch -> cache.encode(
                identity.get(),
                true,
                batch,
                one -> new NDList(
                        encoder.apply(one).stream().map(kernels::float32).toArray(NDArray[]::new)));
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

    private static final class CachedBackbone extends ForwardingBackbone {
        private final EncodingCache cache;
        private final Supplier<String> identity;
        private final Kernels kernels;

        CachedBackbone(Backbone backbone, EncodingCache cache, Supplier<String> identity, Kernels kernels) {
            super(backbone);
            this.cache = cache;
            this.identity = identity;
            this.kernels = kernels;
        }

        @Override
        public NDArray encode(NDArray pixels) {
            return encode(Batch.of(pixels), pixels);
        }

        @Override
        public NDArray encode(Batch batch, NDArray pixels) {
            return cache.encode(
                            identity.get(),
                            false,
                            new Batch(pixels, Map.of(), batch.samples(), batch.unchanged()),
                            one -> new NDList(kernels.float32(super.encode(one.pixels()))))
                    .head();
        }
    }

    private static final class CachedBranch extends ForwardingBranch {
        private final Function<Batch, NDList> encoder;

        CachedBranch(GuidanceBranch branch, Function<Batch, NDList> encoder) {
            super(branch);
            this.encoder = encoder;
        }

        @Override
        public NDList encode(Batch batch) {
            return encoder.apply(batch);
        }
    }
}
