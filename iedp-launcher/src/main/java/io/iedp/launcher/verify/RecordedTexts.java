package io.iedp.launcher.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.data.Batch;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;

/**
 * Guidance by a text encoder's states that a case gives, behind VPD's text adapter: {@code texts + gamma * mlp(texts)}.
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
        Layers adapter = layers.at("text_adapter");
        int width = context.contextWidth();
        return new Branch(
                texts,
                layers,
                adapter.linear("fc.0", width, width),
                adapter.linear("fc.2", width, width),
                layers.parameter("gamma", new Shape(width), Initializer.ZEROS));
    }

    private record Branch(NDArray texts, Layers layers, Linear widen, Linear narrow, NDArray gamma)
            implements GuidanceBranch {
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
            NDArray given = encoded.head();
            return given.add(
                    narrow.apply(layers.kernels().gelu(widen.apply(given))).mul(gamma));
        }
    }
}
