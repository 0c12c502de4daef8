package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import java.util.List;
import java.util.function.Function;

/**
 * Makes the guidance {@code label-prompt} (IEDP, section 3.3): the ground truth of a picture in words, through a frozen
 * CLIP text encoder.
 */
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
    public GuidanceBranch.Use use(LabelPromptConfig configuration) {
        return configuration.use().use();
    }

    @Override
    public SampleCheck check(LabelPromptConfig configuration, DatasetInfo data) {
        return sample -> Prompt.problem(configuration.template(), sample);
    }

    @Override
    public GuidanceBranch create(LabelPromptConfig configuration, GuidanceContext context) {
        TextEncoder encoder = TextModel.of(type(), configuration, context.weights(), context);
        int length = encoder.length(type(), configuration.length());
        Prompt prompt = new Prompt(
                configuration.template(),
                configuration.separator(),
                context.data().classNames());
        boolean pooled = configuration.tokens() == LabelPromptConfig.Tokens.POOLED;
        NDManager manager = context.weights().manager();
        Function<List<String>, NDArray> encode = pooled
                ? texts -> encoder.pool(texts, length, manager).expandDims(1)
                : texts -> encoder.encode(texts, length, manager);
        return new TextGuidance(
                configuration.use().use(),
                configuration.weight(),
                pooled ? 1 : length,
                sample -> prompt.of(sample, words -> encoder.fits(words, length)),
                new TextCache(encode, context.kernels(), manager),
                TextAdapter.wanted(configuration.adapter(), context),
                cuts(prompt, encoder, length));
    }

    private List<String> cuts(Prompt prompt, TextEncoder encoder, int length) {
        List<String> cut = prompt.tooLong(words -> encoder.fits(words, length));
        return cut.isEmpty()
                ? List.of()
                : List.of(
                        "%s: with the name of one class alone, the prompt has more than %s tokens, beyond which it is cut: %s. A larger length or a shorter template keeps more."
                                .formatted(type(), length, String.join(", ", cut)));
    }
}
