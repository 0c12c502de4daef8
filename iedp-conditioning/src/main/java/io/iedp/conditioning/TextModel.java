package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.api.nn.WeightsPath;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Scopes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The published text encoder that a configuration names.
 *
 * @param user the component that has the configuration, for messages
 * @param weights a Stable Diffusion folder, a transformers folder of CLIP, or a single file of either
 * @param tokenizer a folder; without it, the tokenizer is beside the weights
 * @param skipLayers layers of the end to leave out; without it, those that the model was trained without
 */
public record TextModel(String user, Path weights, Optional<Path> tokenizer, Optional<Integer> skipLayers) {
    private static final String SCOPE = "clip.text_model";

    /**
     * The text encoder of a branch, whose width must be the backbone's: a published one, or one with random weights.
     *
     * @param user the branch's type
     * @param scope where the weights are, without training
     */
    static TextEncoder of(String user, TextKeys keys, Weights scope, GuidanceContext context) {
        return make(user, keys, scope.scope(SCOPE).frozen(), context);
    }

    /**
     * The same, training with the model.
     *
     * @param scope where the weights are
     */
    static TextEncoder trained(String user, TextKeys keys, Weights scope, GuidanceContext context) {
        return make(user, keys, scope.scope(SCOPE), context);
    }

    private static TextEncoder make(String user, TextKeys keys, Weights scope, GuidanceContext context) {
        Optional<TextModel> published =
                keys.weights().map(named -> new TextModel(user, named.path(), tokenizer(keys), keys.skipLayers()));
        TextEncoder encoder = published
                .map(model -> model.load(scope, context.kernels()))
                .orElseGet(() -> random(user, keys, new Layers(scope, context.kernels())));
        if (published.isEmpty() && encoder.width() != context.contextWidth()) {
            throw new UserException(
                    "%s: the text encoder's tokens are %s wide, but the backbone takes %s. Set architecture.width: %s, or weights to those of its Stable Diffusion."
                            .formatted(user, encoder.width(), context.contextWidth(), context.contextWidth()));
        }
        checkWidth(user, "text encoder's tokens", encoder.width(), context);
        return encoder;
    }

    private static Optional<Path> tokenizer(TextKeys keys) {
        return keys.tokenizer().map(WeightsPath::path);
    }

    private static TextEncoder random(String user, TextKeys keys, Layers layers) {
        ClipTokenizer words = tokenizer(keys).map(ClipTokenizer::load).orElseGet(ClipTokenizer::small);
        try {
            ClipText.Config config =
                    keys.architecture().text(words.size(), keys.skipLayers().orElse(0));
            return new TextEncoder(words, new ClipText(layers, config));
        } catch (IllegalArgumentException e) {
            throw new UserException("%s: %s".formatted(user, e.getMessage()), e);
        }
    }

    /**
     * A buffer of the model with what a text encoder makes once; the encoder itself is gone afterwards.
     *
     * @param name of the buffer
     */
    static NDArray buffer(
            String user, TextKeys keys, String name, GuidanceContext context, Function<TextEncoder, NDArray> work) {
        NDManager manager = context.weights().manager();
        try (NDManager once = manager.newSubManager()) {
            NDArray made =
                    Scopes.keep(() -> work.apply(of(user, keys, new ModelWeights(once, context.seed()), context)));
            made.attach(manager);
            return context.weights().buffer(name, made.getShape(), (owner, shape, type) -> made);
        }
    }

    /**
     * @throws UserException if the backbone takes embeddings of another width
     */
    static void checkWidth(String user, String what, long width, GuidanceContext context) {
        if (width != context.contextWidth()) {
            throw new UserException(
                    "%s: the %s are %s wide, but the backbone takes %s. Both must be of one Stable Diffusion: 768 for version 1, 1024 for version 2."
                            .formatted(user, what, width, context.contextWidth()));
        }
    }

    /**
     * The encoder with its tokenizer.
     *
     * @param scope where the weights are
     * @throws UserException if something is missing or does not fit
     */
    public TextEncoder load(Weights scope, Kernels kernels) {
        ClipWeights published = published();
        ClipText.Config config = config(published, skipLayers.orElse(published.unusedLayers()));
        ClipTokenizer words = words();
        if (words.size() > config.vocabulary()) {
            throw new UserException("%s: the tokenizer has %s tokens, but the text encoder in %s knows %s"
                    .formatted(user, words.size(), weights, config.vocabulary()));
        }
        try (WeightSource source = published.weights()) {
            return new TextEncoder(words, Layers.load(source, scope, kernels, layers -> new ClipText(layers, config)));
        }
    }

    ClipWeights published() {
        return ClipWeights.open(either(weights, "text_encoder"), "text");
    }

    ClipTokenizer words() {
        if (tokenizer.isPresent()) {
            return ClipTokenizer.load(tokenizer.get());
        }
        if (Files.isRegularFile(weights)) {
            throw new UserException(
                    "%s: %s is a single file, which has no vocabulary in it. tokenizer must name a folder with tokenizer.json, or with vocab.json and merges.txt."
                            .formatted(user, weights));
        }
        return ClipTokenizer.load(either(weights, "tokenizer"));
    }

    /** Stable Diffusion has a folder for each part; a CLIP model has all in one. */
    private static Path either(Path folder, String part) {
        Path own = folder.resolve(part);
        return Files.isDirectory(own) ? own : folder;
    }

    /**
     * The sizes of a text encoder, as its configuration gives them; {@code skip} layers of its end are left out.
     */
    public static ClipText.Config config(ClipWeights published, int skip) {
        ConfigFile file = published.config();
        return file.make(() -> new ClipText.Config(
                ClipConfig.parse(file),
                file.size("vocab_size", ClipText.Config.LARGEST_VOCABULARY),
                file.size("max_position_embeddings", ClipText.Config.LONGEST),
                skip));
    }
}
