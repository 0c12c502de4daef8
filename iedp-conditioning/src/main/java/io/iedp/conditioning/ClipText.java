package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import com.google.gson.JsonObject;
import io.iedp.nn.Embedding;
import io.iedp.nn.LayerNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CLIP's text encoder (Radford et al., 2021, section 2.4): a causal transformer. Parameter names are those
 * of the transformers library below {@code text_model}.
 */
public final class ClipText {
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
    public record Config(ClipConfig transformer, int vocabulary, int length, int skip) {
        /** Far more tokens than any published model knows, or takes at a time. */
        static final int LARGEST_VOCABULARY = 10_000_000;

        static final int LONGEST = 65_536;

        public Config {
            if (vocabulary < 1 || length < 1) {
                throw new IllegalArgumentException(
                        "a vocabulary of %s tokens and texts of %s are none".formatted(vocabulary, length));
            }
            if (skip >= transformer.layers()) {
                throw new IllegalArgumentException(
                        "%s of the text encoder's %s layers cannot be left out".formatted(skip, transformer.layers()));
            }
        }

        /** The transformers library's {@code config.json} of the text encoder alone, with all of its layers. */
        public JsonObject json() {
            JsonObject json = transformer.json();
            json.addProperty("max_position_embeddings", length);
            json.addProperty("model_type", "clip_text_model");
            json.addProperty("vocab_size", vocabulary);
            return json;
        }
    }

    public ClipText(Layers weights, Config config) {
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
        last = weights.layerNorm("final_layer_norm", transformer.width(), transformer.epsilon());
    }

    public Config config() {
        return config;
    }

    public int width() {
        return config.transformer().width();
    }

    public int length() {
        return config.length();
    }

    /**
     * @param ids (B, N) token numbers as 64-bit integers
     * @return (B, N, width), after the final norm
     */
    public NDArray encode(NDArray ids) {
        return Scopes.keep(() -> {
            NDArray x = embed(ids);
            for (ClipLayer layer : used()) {
                x = layer.apply(x, true);
            }
            return last.apply(x);
        });
    }

    /**
     * {@link #encode(NDArray)} of texts in which some tokens are hidden from all.
     *
     * @param mask (B, N), 0 where a token is hidden
     */
    public NDArray encode(NDArray ids, NDArray mask) {
        return Scopes.keep(() -> {
            NDArray x = embed(ids);
            NDArray shift = shift(mask);
            for (ClipLayer layer : used()) {
                x = layer.apply(x, shift);
            }
            return last.apply(x);
        });
    }

    /** The states before the first layer and after each, before the final norm: (B, N, width) each. */
    public NDList states(NDArray ids) {
        return Scopes.keepAll(() -> {
            NDList states = new NDList(embed(ids));
            used().forEach(layer -> states.add(layer.apply(states.get(states.size() - 1), true)));
            return states;
        });
    }

    /** The final norm, for one of {@link #states}. */
    public NDArray norm(NDArray state) {
        return last.apply(state);
    }

    /**
     * The states at the ends of the texts.
     *
     * @param encoded (B, N, width), of {@link #encode}
     * @return (B, width)
     */
    public NDArray pool(NDArray encoded, NDArray ids) {
        return Scopes.keep(() -> {
            int length = Math.toIntExact(ids.getShape().get(1));
            long[] tokens = ids.toLongArray();
            NDList ends = new NDList();
            for (int i = 0; i < tokens.length / length; i++) {
                ends.add(encoded.get(i, end(tokens, i * length, length)));
            }
            return NDArrays.stack(ends);
        });
    }

    /** Where a text first ends: at its highest token, as OpenAI's code has it. */
    private static int end(long[] tokens, int from, int length) {
        int end = 0;
        for (int i = 1; i < length; i++) {
            if (tokens[from + i] > tokens[from + end]) {
                end = i;
            }
        }
        return end;
    }

    private List<ClipLayer> used() {
        return layers.subList(0, layers.size() - config.skip());
    }

    private NDArray embed(NDArray ids) {
        return tokens.apply(ids).add(Slices.rows(positions, 0, ids.getShape().get(1)));
    }

    /** What hides later tokens and those outside the mask: (B, 1, N, N). */
    private static NDArray shift(NDArray mask) {
        int batch = Math.toIntExact(mask.getShape().get(0));
        int length = Math.toIntExact(mask.getShape().get(1));
        float[] seen = mask.toType(DataType.FLOAT32, false).toFloatArray();
        float[] shift = new float[batch * length * length];
        for (int i = 0; i < shift.length; i++) {
            int to = i % length;
            int at = i / length % length;
            boolean hidden = seen[i / length / length * length + to] == 0;
            // Twice hidden is minus infinity, as in the original.
            shift[i] = (to > at ? -Float.MAX_VALUE : 0) + (hidden ? -Float.MAX_VALUE : 0);
        }
        return mask.getManager().create(shift, new Shape(batch, 1, length, length));
    }
}
