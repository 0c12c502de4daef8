package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.conditioning.Branches.Host;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.testing.Plain;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipImageTest extends TorchTest {
    private static final int WIDTH = 8;
    private static final int HEADS = 2;
    private static final int QUERIES = 3;

    private static Host host(int width) {
        return new Host(kernels, new ModelWeights(manager.newSubManager(), 2), 2, width, new DatasetInfo(List.of(), 0));
    }

    /** A picture of 8 x 8 in 4 patches. */
    private static ClipImageConfig config(ClipImageConfig.Tokens tokens, int skipLayers) {
        return new ClipImageConfig(
                Optional.empty(),
                Optional.of(5),
                QUERIES,
                0.02,
                2,
                HEADS,
                4,
                tokens,
                skipLayers,
                Fit.SQUEEZE,
                1,
                When.TRAINING,
                new ClipImageConfig.Architecture(8, 4, 12, 2, 2));
    }

    private static Batch pictures() {
        return Batch.of(manager.randomUniform(0, 1, new Shape(2, 3, 10, 14)));
    }

    @ParameterizedTest
    @CsvSource({"ALL, 5", "PATCH, 4", "CLS, 1"})
    void theQueriesSeeTheTokensThatAreAskedFor(ClipImageConfig.Tokens tokens, int count) {
        GuidanceBranch branch = new ClipImageFactory().create(config(tokens, 0), host(WIDTH));

        NDList encoded = branch.encode(pictures());

        assertThat(encoded.head().getShape()).isEqualTo(new Shape(2, count, 12));
        assertThat(branch.embed(encoded).getShape()).isEqualTo(new Shape(2, QUERIES, WIDTH));
        assertThat(branch.tokens()).isEqualTo(QUERIES);
        assertThat(branch.use()).isEqualTo(GuidanceBranch.Use.TRAINING);
    }

    @Test
    void layersOfTheEndCanBeLeftOut() {
        Batch batch = pictures();
        NDArray last = new ClipImageFactory()
                .create(config(ClipImageConfig.Tokens.ALL, 0), host(WIDTH))
                .encode(batch)
                .head();
        NDArray penultimate = new ClipImageFactory()
                .create(config(ClipImageConfig.Tokens.ALL, 1), host(WIDTH))
                .encode(batch)
                .head();

        assertThat(penultimate.getShape()).isEqualTo(last.getShape());
        assertThat(Branches.difference(penultimate, last)).isGreaterThan(1e-3f);
        assertThatThrownBy(() -> config(ClipImageConfig.Tokens.ALL, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("skip-layers leaves none of the image encoder's 2 layers");
    }

    /** IEDP's equations: Q + SA(LN(Q)), then + CA(LN(Q), LN(F)), then + FFN(LN(Q)), with F from the projector. */
    @Test
    void theQueriesGatherAsThePaperSays() {
        Host host = host(WIDTH);
        GuidanceBranch branch = new ClipImageFactory().create(config(ClipImageConfig.Tokens.ALL, 0), host);
        Map<String, Plain> weights = Plain.fill(host.weights(), new Random(8), name -> 1);
        Plain tokens = Plain.random(new Random(9), 1, 5, 12);

        NDArray embedded = branch.embed(new NDList(tokens.toArray(manager).expandDims(0)));

        Written written = new Written(weights);
        Plain features = written.linear(
                "projector.2", written.linear("projector.0", tokens).map(Plain::gelu));
        Plain x = weights.get("queries");
        for (int i = 0; i < 2; i++) {
            x = written.block("blocks.%s.".formatted(i), x, features);
        }
        assertThat(x.difference(embedded.get(0))).isLessThan(5e-6);
    }

    private record Written(Map<String, Plain> weights) {
        Plain block(String name, Plain queries, Plain features) {
            Plain normed = norm(name + "self_norm", queries);
            Plain x = queries.add(attend(name + "self_attention.", normed, normed));
            x = x.add(attend(
                    name + "cross_attention.", norm(name + "cross_norm", x), norm(name + "feature_norm", features)));
            Plain wide = linear(name + "feed.0", norm(name + "feed_norm", x)).map(Plain::gelu);
            return x.add(linear(name + "feed.2", wide));
        }

        Plain attend(String name, Plain queries, Plain seen) {
            return linear(
                    name + "out",
                    linear(name + "query", queries)
                            .attention(linear(name + "key", seen), linear(name + "value", seen), HEADS, false));
        }

        Plain norm(String name, Plain x) {
            return x.layerNorm(weights.get(name + ".weight"), weights.get(name + ".bias"), 1e-5);
        }

        Plain linear(String name, Plain x) {
            return x.linear(weights.get(name + ".weight"), weights.get(name + ".bias"));
        }
    }

    @Test
    void allButTheImageEncoderTrains() {
        Host host = host(WIDTH);
        GuidanceBranch branch = new ClipImageFactory().create(config(ClipImageConfig.Tokens.ALL, 0), host);

        try (Gradients.Recording recording = Gradients.record()) {
            Gradients.backward(branch.embed(branch.encode(pictures())).square().sum());
        }

        for (Parameter parameter : host.weights().parameters()) {
            boolean frozen = parameter.name().startsWith("clip.vision_model.");
            assertThat(parameter.role())
                    .as(parameter.name())
                    .isEqualTo(frozen ? Parameter.Role.FROZEN : Parameter.Role.TRAINED);
            assertThat(Gradients.of(parameter.array()).isPresent())
                    .as(parameter.name())
                    .isEqualTo(!frozen);
        }
    }

    /**
     * With 77 queries of width 768, one block and tokens of 1024: projector 1024 * 768 + 768 + 768 * 768 + 768, queries 77
     * * 768, two attentions of 4 * (768 * 768 + 768), feed-forward 768 * 3072 + 3072 + 3072 * 768 + 768, norms 4 * 2 * 768.
     */
    @Test
    void theDefaultsHaveTheirNumberOfParameters() {
        Host host = host(768);
        new ClipImageFactory()
                .create(
                        new ClipImageConfig(
                                Optional.empty(),
                                Optional.empty(),
                                77,
                                0.02,
                                1,
                                8,
                                4,
                                ClipImageConfig.Tokens.ALL,
                                0,
                                Fit.SQUEEZE,
                                1,
                                When.ALWAYS,
                                new ClipImageConfig.Architecture(28, 14, 1024, 1, 16)),
                        host);

        assertThat(host.weights().parameters().stream()
                        .filter(each -> each.role() == Parameter.Role.TRAINED)
                        .mapToLong(Parameter::size)
                        .sum())
                .isEqualTo(1_377_792 + 59_136 + 2 * 2_362_368 + 4_722_432 + 6_144);
    }

    @Test
    void headsMustDivideTheWidth() {
        assertThatThrownBy(() -> new ClipImageFactory().create(config(ClipImageConfig.Tokens.ALL, 0), host(7)))
                .isInstanceOf(UserException.class)
                .hasMessage("clip-image: the backbone's embeddings are 7 wide, which 2 heads do not divide.");
    }
}
