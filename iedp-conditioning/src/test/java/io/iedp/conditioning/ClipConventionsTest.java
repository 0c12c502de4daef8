package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.testing.Plain;
import io.iedp.nn.testing.TorchTest;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CLIP's conventions, against its encoders written out in double precision. */
class ClipConventionsTest extends TorchTest {
    private static final double AGREES = 2e-6;
    private static final double SHOWS = 2e-5;
    private static final double EPSILON = 1e-5;
    private static final int WIDTH = 8;
    private static final int LAYERS = 2;
    private static final int HEADS = 2;
    private static final long[] IDS = {8, 3, 5, 9, 9};

    private static ClipConfig config(boolean quickGelu) {
        return new ClipConfig(WIDTH, LAYERS, HEADS, 16, quickGelu);
    }

    /** The encoders for one sample, with an epsilon and an activation that can be got wrong. */
    private record Written(Map<String, Plain> weights, double epsilon, DoubleUnaryOperator activation) {
        Plain text(boolean causal) {
            Plain x = null;
            for (int i = 0; i < IDS.length; i++) {
                int id = (int) IDS[i];
                Plain token = weight("embeddings.token_embedding.weight")
                        .rows(id, id + 1)
                        .add(weight("embeddings.position_embedding.weight").rows(i, i + 1));
                x = x == null ? token : x.concat(token);
            }
            return norm("final_layer_norm", layers(x, causal));
        }

        Plain vision(Plain pixels) {
            Plain patches = pixels.convolution(weight("embeddings.patch_embedding.weight"), null, 2, 0, 0);
            Plain cells =
                    patches.reshape(WIDTH, patches.values().length / WIDTH).transpose();
            Plain x = weight("embeddings.class_embedding")
                    .reshape(1, WIDTH)
                    .concat(cells)
                    .add(weight("embeddings.position_embedding.weight"));
            return layers(norm("pre_layrnorm", x), false);
        }

        private Plain layers(Plain x, boolean causal) {
            for (int i = 0; i < LAYERS; i++) {
                String layer = "encoder.layers.%s.".formatted(i);
                Plain normed = norm(layer + "layer_norm1", x);
                Plain mixed = linear(layer + "self_attn.q_proj", normed)
                        .attention(
                                linear(layer + "self_attn.k_proj", normed),
                                linear(layer + "self_attn.v_proj", normed),
                                HEADS,
                                causal);
                x = x.add(linear(layer + "self_attn.out_proj", mixed));
                Plain wide = linear(layer + "mlp.fc1", norm(layer + "layer_norm2", x))
                        .map(activation);
                x = x.add(linear(layer + "mlp.fc2", wide));
            }
            return x;
        }

        Plain norm(String name, Plain x) {
            return x.layerNorm(weight(name + ".weight"), weight(name + ".bias"), epsilon);
        }

        private Plain linear(String name, Plain x) {
            return x.linear(weight(name + ".weight"), weight(name + ".bias"));
        }

        private Plain weight(String name) {
            return weights.get(name);
        }
    }

    private record Text(ClipText model, Map<String, Plain> weights) {
        static Text of(ClipConfig config, int skip, double embeddingSize) {
            ModelWeights weights = new ModelWeights(manager.newSubManager(), 0);
            ClipText model = new ClipText(new Layers(weights, kernels), new ClipText.Config(config, 10, 7, skip));
            return new Text(
                    model, Plain.fill(weights, new Random(3), name -> name.contains("embedding") ? embeddingSize : 1));
        }

        double difference(double epsilon, DoubleUnaryOperator activation, boolean causal) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording off = Gradients.pause()) {
                NDArray actual = model.encode(manager.create(IDS, new Shape(1, IDS.length)));
                return new Written(weights, epsilon, activation).text(causal).difference(actual);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void textIsThatOfTheOriginal(boolean quickGelu) {
        DoubleUnaryOperator gelu = quickGelu ? Plain::quickGelu : Plain::gelu;
        assertThat(Text.of(config(quickGelu), 0, 1).difference(EPSILON, gelu, true))
                .isLessThan(AGREES);
    }

    @Test
    void theActivationIsTheConfiguredOne() {
        assertThat(Text.of(config(true), 0, 1).difference(EPSILON, Plain::gelu, true))
                .isGreaterThan(SHOWS);
        assertThat(Text.of(config(false), 0, 1).difference(EPSILON, Plain::quickGelu, true))
                .isGreaterThan(SHOWS);
        assertThat(Text.of(config(false), 0, 1).difference(EPSILON, Plain::tanhGelu, true))
                .isGreaterThan(SHOWS);
    }

    /** Small embeddings make the variance that the first norm sees as small as its epsilon. */
    @Test
    void theEpsilonIsThatOfTheOriginal() {
        Text small = Text.of(config(true), 0, 0.003);
        assertThat(small.difference(EPSILON, Plain::quickGelu, true)).isLessThan(AGREES);
        assertThat(small.difference(1e-6, Plain::quickGelu, true)).isGreaterThan(SHOWS);
        Text configured = Text.of(new ClipConfig(WIDTH, LAYERS, HEADS, 16, true, 1e-6), 0, 0.003);
        assertThat(configured.difference(1e-6, Plain::quickGelu, true)).isLessThan(AGREES);
    }

    @Test
    void textSeesNothingAhead() {
        assertThat(Text.of(config(true), 0, 1).difference(EPSILON, Plain::quickGelu, false))
                .isGreaterThan(SHOWS);
    }

    /** Stable Diffusion 2 takes the states before the last layer, but after the final norm. */
    @Test
    void skippedLayersAreThoseOfTheEnd() {
        NDArray ids = manager.create(IDS, new Shape(1, IDS.length));
        ClipText whole = Text.of(config(false), 0, 1).model();
        ClipText skipping = Text.of(config(false), 1, 1).model();
        assertThat(skipping.encode(ids)).isEqualTo(whole.norm(whole.states(ids).get(LAYERS - 1)));
    }

    @Test
    void theEndOfATextIsItsFirstHighestToken() {
        NDArray ids = manager.create(new long[] {8, 3, 9, 9, 8, 1, 2, 9}, new Shape(2, 4));
        NDArray states = manager.arange(0f, 16, 1f).reshape(2, 4, 2);
        NDArray pooled = Text.of(config(true), 0, 1).model().pool(states, ids);
        assertThat(pooled.toFloatArray()).containsExactly(4, 5, 14, 15);
    }

    /** Tokens outside the mask are as if the text had never had them. */
    @Test
    void hiddenTokensAreNotSeen() {
        ClipText text = Text.of(config(true), 0, 1).model();
        NDArray ids = manager.create(new long[] {8, 3, 5, 9}, new Shape(1, 4));
        NDArray mask = manager.create(new long[] {1, 1, 1, 0}, new Shape(1, 4));
        NDArray masked = text.encode(ids, mask).get("0, :3");
        NDArray shorter = text.encode(ids.get(":, :3")).get(0);
        assertThat(masked.sub(shorter).abs().max().getFloat()).isLessThan(1e-6f);
        NDArray first = manager.create(new long[] {0, 1, 1, 1}, new Shape(1, 4));
        assertThat(text.encode(ids, first).sub(text.encode(ids)).abs().max().getFloat())
                .isGreaterThan(1e-3f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void visionIsThatOfTheOriginal(boolean quickGelu) {
        Random random = new Random(4);
        ModelWeights weights = new ModelWeights(manager.newSubManager(), 0);
        ClipVision model = new ClipVision(new Layers(weights, kernels), new ClipVision.Config(config(quickGelu), 4, 2));
        Map<String, Plain> filled = Plain.fill(weights, random, name -> name.contains("embedding") ? 0.003 : 1);
        Plain pixels = Plain.random(random, 1, 3, 4, 4);
        DoubleUnaryOperator gelu = quickGelu ? Plain::quickGelu : Plain::gelu;
        Written right = new Written(filled, EPSILON, gelu);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray encoded = model.encode(pixels.toArray(manager).expandDims(0));
            assertThat(right.vision(pixels).difference(encoded)).isLessThan(AGREES);
            assertThat(new Written(filled, 1e-6, gelu).vision(pixels).difference(encoded))
                    .isGreaterThan(SHOWS);
            // The last norm is for the class token alone.
            Plain pooled = right.norm("post_layernorm", right.vision(pixels).rows(0, 1));
            assertThat(pooled.difference(model.pool(encoded))).isLessThan(AGREES);
        }
    }

    /** Grey pictures keep their value through any resizing: (x - mean) / deviation by channel, x in whole 255ths. */
    @Test
    void picturesAreNormalizedAsClipWasTrained() {
        double[] mean = {0.48145466, 0.4578275, 0.40821073};
        double[] deviation = {0.26862954, 0.26130258, 0.27577711};
        for (Fit fit : Fit.values()) {
            NDArray grey = manager.full(new Shape(1, 3, 9, 14), 0.3f);
            NDArray normalized = new ClipPixels(kernels, manager, 6, fit).apply(grey);
            assertThat(normalized.getShape()).isEqualTo(new Shape(1, 3, 6, 6));
            for (int channel = 0; channel < 3; channel++) {
                double value = (Math.round(0.3 * 255) / 255.0 - mean[channel]) / deviation[channel];
                NDArray own = normalized.get(":, " + channel);
                assertThat((double) own.min().getFloat()).isCloseTo(value, within(1e-6));
                assertThat((double) own.max().getFloat()).isCloseTo(value, within(1e-6));
            }
        }
    }
}
