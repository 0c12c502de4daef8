package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.nn.Embedding;
import io.iedp.nn.LayerNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CLIP's text encoder (Radford et al., 2021, section 2.4): a causal transformer. Parameter names are those
 * of the transformers library below {@code text_model}.
 */
final class ClipText {
    private final Config config;
    private final Embedding tokens;
    private final NDArray positions;
    private final List<ClipLayer> layers;
    private final LayerNorm last;

    /**
     * @param vocabulary number of tokens
     * @param length the longest sequence
     * @param skip how many layers of the end are left out, as Stable Diffusion 2 leaves out one
     */
    record Config(ClipConfig transformer, int vocabulary, int length, int skip) {
        Config {
            if (skip >= transformer.layers()) {
                throw new IllegalArgumentException(
                        "%d of the text encoder's %d layers cannot be left out".formatted(skip, transformer.layers()));
            }
        }
    }

    ClipText(Layers weights, Config config) {
        this.config = config;
        ClipConfig transformer = config.transformer();
        Layers embeddings = weights.at("embeddings");
        tokens = embeddings.embedding(
                "token_embedding", config.vocabulary(), transformer.width(), new NormalInitializer(0.02f));
        positions = embeddings
                .at("position_embedding")
                .parameter("weight", new Shape(config.length(), transformer.width()), new NormalInitializer(0.01f));
        layers = IntStream.range(0, transformer.layers())
                .mapToObj(i -> ClipLayer.of(weights.at("encoder.layers." + i), transformer))
                .toList();
        last = weights.layerNorm("final_layer_norm", transformer.width(), ClipConfig.EPSILON);
    }

    int width() {
        return config.transformer().width();
    }

    int length() {
        return config.length();
    }

    /**
     * @param ids (B, N) token numbers as 64-bit integers
     * @return (B, N, width), after the final norm
     */
    NDArray encode(NDArray ids) {
        return Scopes.keep(() -> {
            NDArray x = tokens.apply(ids).add(positions.get(":" + ids.getShape().get(1)));
            for (ClipLayer layer : layers.subList(0, layers.size() - config.skip())) {
                x = layer.apply(x, true);
            }
            return last.apply(x);
        });
    }
}
