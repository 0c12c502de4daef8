package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.nn.Scopes;

/**
 * Makes the guidance {@code none}: embeddings of zero. Keys and values of Stable Diffusion's cross-attention have no
 * bias, so they are zero as well, and the attention adds the bias of its last layer alone, everywhere the same.
 */
final class NoGuidanceFactory implements GuidanceFactory<NoGuidanceConfig> {
    @Override
    public String type() {
        return "none";
    }

    @Override
    public Class<NoGuidanceConfig> configuration() {
        return NoGuidanceConfig.class;
    }

    @Override
    public String description() {
        return "No guidance: embeddings of zero, to which cross-attention answers with its bias alone.";
    }

    @Override
    public GuidanceBranch.Use use(NoGuidanceConfig configuration) {
        return configuration.use().use();
    }

    @Override
    public GuidanceBranch create(NoGuidanceConfig configuration, GuidanceContext context) {
        NDArray zeros = Scopes.unscoped(
                context.weights().manager().zeros(new Shape(configuration.tokens(), context.contextWidth())));
        return new SharedGuidance(configuration.use().use(), configuration.weight(), zeros);
    }
}
