package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;

/** Makes the guidance {@code learned-prompts}. */
final class LearnedPromptsFactory implements GuidanceFactory<LearnedPromptsConfig> {
    @Override
    public String type() {
        return "learned-prompts";
    }

    @Override
    public Class<LearnedPromptsConfig> configuration() {
        return LearnedPromptsConfig.class;
    }

    @Override
    public String description() {
        return "Embeddings that are learned, the same for all pictures (MetaPrompts).";
    }

    @Override
    public GuidanceBranch.Use use(LearnedPromptsConfig configuration) {
        return configuration.use().use();
    }

    @Override
    public GuidanceBranch create(LearnedPromptsConfig configuration, GuidanceContext context) {
        NDArray prompts = context.weights()
                .parameter(
                        "prompts",
                        new Shape(configuration.prompts(), context.contextWidth()),
                        new NormalInitializer((float) configuration.spread()));
        return new SharedGuidance(configuration.use().use(), configuration.weight(), prompts);
    }
}
