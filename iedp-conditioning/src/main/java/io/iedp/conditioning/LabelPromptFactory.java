package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the guidance {@code label-prompt}. */
final class LabelPromptFactory implements GuidanceFactory<LabelPromptConfig> {
    @Override
    public String type() {
        return "label-prompt";
    }

    @Override
    public Class<LabelPromptConfig> configuration() {
        return LabelPromptConfig.class;
    }

    @Override
    public String description() {
        return "Explicit guidance: the ground truth as a text prompt, through a frozen CLIP text encoder.";
    }

    @Override
    public GuidanceBranch create(LabelPromptConfig configuration, GuidanceContext context) {
        Weights frozen = context.weights().scope("clip.text_model").frozen();
        ClipTokenizer tokenizer = tokenizer(configuration);
        ClipText text = configuration
                .weights()
                .map(named -> load(either(named, "text_encoder"), frozen, context, configuration.skipLayers()))
                .orElseGet(() -> new ClipText(
                        new Layers(frozen, context.kernels()),
                        configuration
                                .architecture()
                                .text(
                                        tokenizer.size(),
                                        configuration.skipLayers().orElse(0))));
        if (text.width() != context.contextWidth()) {
            throw new UserException("label-prompt: the text encoder's tokens are %d wide, but the backbone takes %d."
                    .formatted(text.width(), context.contextWidth()));
        }
        Prompt prompt = new Prompt(
                configuration.template(),
                configuration.separator(),
                context.data().classNames());
        return new LabelPrompt(prompt, tokenizer, text, configuration.weight());
    }

    /** Stable Diffusion has a folder for each part; a CLIP model has all in one. */
    private static Path either(Path folder, String part) {
        Path own = folder.resolve(part);
        return Files.isDirectory(own) ? own : folder;
    }

    private static ClipTokenizer tokenizer(LabelPromptConfig configuration) {
        if (configuration.tokenizer().isPresent()) {
            return ClipTokenizer.load(configuration.tokenizer().get());
        }
        if (configuration.weights().isEmpty()) {
            return ClipTokenizer.small();
        }
        Path named = configuration.weights().get();
        if (Files.isRegularFile(named)) {
            throw new UserException(
                    "label-prompt: %s is a single file, which has no vocabulary in it. tokenizer must name a folder with tokenizer.json, or with vocab.json and merges.txt."
                            .formatted(named));
        }
        return ClipTokenizer.load(either(named, "tokenizer"));
    }

    private static ClipText load(Path path, Weights weights, GuidanceContext context, Optional<Integer> skip) {
        ClipWeights published = ClipWeights.open(path, "text");
        ClipText.Config config = config(published, skip.orElse(published.unusedLayers()));
        try (WeightSource source = published.weights()) {
            return Layers.load(source, weights, context.kernels(), layers -> new ClipText(layers, config));
        }
    }

    static ClipText.Config config(ClipWeights published, int skip) {
        ConfigFile file = published.config();
        return file.make(() -> new ClipText.Config(
                ClipConfig.parse(file), file.integer("vocab_size"), file.integer("max_position_embeddings"), skip));
    }
}
