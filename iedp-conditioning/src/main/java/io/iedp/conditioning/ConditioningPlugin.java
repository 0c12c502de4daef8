package io.iedp.conditioning;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.guidance.GuidanceFactory;
import java.util.List;

/** Brings the guidance branches of this module, and the command that embeds classes for one of them. */
public final class ConditioningPlugin implements IedpPlugin {
    @Override
    public List<GuidanceFactory<?>> guidance() {
        return List.of(
                new ClipImageFactory(),
                new LabelPromptFactory(),
                new ClassEmbeddingsFactory(),
                new CaptionFactory(),
                new LearnedPromptsFactory(),
                new FixedPromptFactory(),
                new NoGuidanceFactory());
    }

    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new EmbedClasses(), new NearestCaptions());
    }
}
