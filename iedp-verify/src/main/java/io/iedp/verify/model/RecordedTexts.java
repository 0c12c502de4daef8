package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.data.Batch;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.conditioning.TextAdapter;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.nn.Layers;

/**
 * Guidance by a text encoder's states that a case gives, behind VPD's text adapter.
 *
 * @param texts (B, T, width)
 */
record RecordedTexts(NDArray texts) implements GuidanceFactory<RecordedTexts.Nothing> {
    static final String TYPE = "recorded/texts";

    /** There is nothing to configure. */
    record Nothing() {}

    Installed installed() {
        return new Installed(Kind.GUIDANCE, this, RecordedTexts.class.getName(), "the recorded case");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<Nothing> configuration() {
        return Nothing.class;
    }

    @Override
    public String description() {
        return "The texts of a recorded case.";
    }

    @Override
    public GuidanceBranch create(Nothing configuration, GuidanceContext context) {
        Layers layers = new Layers(context.weights(), context.kernels());
        return new Branch(texts, TextAdapter.of(layers, context.contextWidth()));
    }

    private record Branch(NDArray texts, TextAdapter adapter) implements GuidanceBranch {
        @Override
        public Use use() {
            return Use.ALWAYS;
        }

        @Override
        public double lossWeight() {
            return 1;
        }

        @Override
        public int tokens() {
            return Math.toIntExact(texts.getShape().get(1));
        }

        @Override
        public NDList encode(Batch batch) {
            return new NDList(texts);
        }

        @Override
        public NDArray embed(NDList encoded) {
            return adapter.apply(encoded.head());
        }
    }
}
