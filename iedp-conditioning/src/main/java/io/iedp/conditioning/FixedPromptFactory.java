package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import java.util.List;

/** Makes the guidance {@code fixed-prompt}. */
final class FixedPromptFactory implements GuidanceFactory<FixedPromptConfig> {
    @Override
    public String type() {
        return "fixed-prompt";
    }

    @Override
    public Class<FixedPromptConfig> configuration() {
        return FixedPromptConfig.class;
    }

    @Override
    public String description() {
        return "One text for all pictures, encoded once by a frozen CLIP text encoder.";
    }

    @Override
    public GuidanceBranch.Use use(FixedPromptConfig configuration) {
        return configuration.use().use();
    }

    @Override
    public GuidanceBranch create(FixedPromptConfig configuration, GuidanceContext context) {
        NDArray prompt = TextModel.buffer(
                type(),
                configuration,
                "prompt",
                context,
                encoder -> encoder.encode(
                                List.of(configuration.prompt()),
                                encoder.length(type(), configuration.length()),
                                context.weights().manager())
                        .get(0));
        return new SharedGuidance(configuration.use().use(), configuration.weight(), prompt);
    }
}
