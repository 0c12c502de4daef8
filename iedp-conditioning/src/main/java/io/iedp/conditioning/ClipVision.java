package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import com.google.gson.JsonObject;
import io.iedp.nn.Conv2d;
import io.iedp.nn.LayerNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CLIP's image encoder (Radford et al., 2021, section 2.4): a vision transformer. Parameter names are those
 * of the transformers library below {@code vision_model}.
 */
public final class ClipVision {
    private final Config config;
    private final NDArray classToken;
    private final Conv2d patches;
    private final NDArray positions;
    private final LayerNorm first;
    private final List<ClipLayer> layers;
    private final LayerNorm last;

    /**
     * @param imageSize edge of the square picture that it takes
     * @param patch edge of a patch
     * @param skip how many layers of the end are left out
     */
    public record Config(ClipConfig transformer, int imageSize, int patch, int skip) {
        /** Far more pixels than any published model takes. */
        static final int LARGEST = 8192;

        Config(ClipConfig transformer, int imageSize, int patch) {
            this(transformer, imageSize, patch, 0);
        }

        public Config {
            if (skip >= transformer.layers()) {
                throw new IllegalArgumentException(
                        "%s of the image encoder's %s layers cannot be left out".formatted(skip, transformer.layers()));
            }
            if (imageSize < 1 || patch < 1 || imageSize > LARGEST) {
                throw new IllegalArgumentException(
                        "a picture of %s pixels and patches of %s cannot be: both are from 1 to %s"
                                .formatted(imageSize, patch, LARGEST));
            }
            if (imageSize % patch != 0) {
                throw new IllegalArgumentException(
                        "a picture of %s pixels cannot be split into patches of %s".formatted(imageSize, patch));
            }
        }

        /** The transformers library's {@code config.json} of the image encoder alone, with all of its layers. */
        public JsonObject json() {
            JsonObject json = transformer.json();
            json.addProperty("image_size", imageSize);
            json.addProperty("model_type", "clip_vision_model");
            json.addProperty("num_channels", 3);
            json.addProperty("patch_size", patch);
            return json;
        }

        /** The class token and one for each patch. */
        int tokens() {
            int side = imageSize / patch;
            return side * side + 1;
        }
    }

    public ClipVision(Layers weights, Config config) {
        this.config = config;
        int width = config.transformer().width();
        Layers embeddings = weights.at("embeddings");
        classToken = embeddings.parameter("class_embedding", new Shape(width), new NormalInitializer(0.02f));
        patches = embeddings.conv2d(
                "patch_embedding", 3, width, config.patch(), config.patch(), 0, new NormalInitializer(0.02f), false);
        positions = embeddings
                .at("position_embedding")
                .parameter("weight", new Shape(config.tokens(), width), new NormalInitializer(0.02f));
        // The name is misspelt in the published files.
        first = weights.layerNorm("pre_layrnorm", width, config.transformer().epsilon());
        layers = IntStream.range(0, config.transformer().layers())
                .mapToObj(i -> ClipLayer.of(weights.at("encoder.layers." + i), config.transformer()))
                .toList();
        last = weights.layerNorm("post_layernorm", width, config.transformer().epsilon());
    }

    public Config config() {
        return config;
    }

    /**
     * @param pixels (B, 3, size, size), normalized
     * @return (B, 1 + patches, width): the class token, then the patches row by row, before the final norm
     */
    public NDArray encode(NDArray pixels) {
        return Scopes.keep(() -> {
            NDArray x = embed(pixels);
            for (ClipLayer layer : used()) {
                x = layer.apply(x, false);
            }
            return x;
        });
    }

    /** The states before the first layer and after each; the last is what {@link #encode} returns. */
    public NDList states(NDArray pixels) {
        return Scopes.keepAll(() -> {
            NDList states = new NDList(embed(pixels));
            used().forEach(layer -> states.add(layer.apply(states.get(states.size() - 1), false)));
            return states;
        });
    }

    private List<ClipLayer> used() {
        return layers.subList(0, layers.size() - config.skip());
    }

    private NDArray embed(NDArray pixels) {
        long batch = pixels.getShape().get(0);
        int width = config.transformer().width();
        NDArray embedded = patches.apply(pixels).reshape(batch, width, -1).transpose(0, 2, 1);
        NDArray leading = pixels.getManager().zeros(new Shape(batch, 1, width)).add(classToken);
        return first.apply(NDArrays.concat(new NDList(leading, embedded), 1).add(positions));
    }

    /**
     * The class token's final state.
     *
     * @param encoded of {@link #encode}
     * @return (B, width)
     */
    public NDArray pool(NDArray encoded) {
        return last.apply(encoded.get(":, 0"));
    }
}
