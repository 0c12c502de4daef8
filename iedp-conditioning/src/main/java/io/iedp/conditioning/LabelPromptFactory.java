package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import java.nio.file.Files;
import java.nio.file.Path;

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
        ClipTokenizer tokenizer = configuration
                .weights()
                .map(folder -> ClipTokenizer.load(either(folder, "tokenizer")))
                .orElseGet(ClipTokenizer::small);
        ClipText text = configuration
                .weights()
                .map(folder -> load(either(folder, "text_encoder"), frozen, context, configuration.skipLayers()))
                .orElseGet(() -> new ClipText(
                        new Layers(frozen, context.kernels()),
                        configuration.architecture().text(tokenizer.size(), configuration.skipLayers())));
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

    private static ClipText load(Path path, Weights weights, GuidanceContext context, int skip) {
        TransformersFolder folder = new TransformersFolder(path, "text");
        ClipText.Config config = config(folder, skip);
        try (WeightSource source = folder.weights()) {
            Weights loading = weights.from(source);
            ClipText text = new ClipText(new Layers(loading, context.kernels()), config);
            loading.finish();
            return text;
        }
    }

    static ClipText.Config config(TransformersFolder folder, int skip) {
        String file = folder.configFile().toString();
        return new ClipText.Config(
                ClipConfig.parse(folder.config(), file),
                ClipConfig.number(folder.config(), "vocab_size", file),
                ClipConfig.number(folder.config(), "max_position_embeddings", file),
                skip);
    }
}
