package io.iedp.pretraining;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.objective.TrainingObjectiveFactory;
import io.iedp.pretraining.objective.AutoencodingFactory;
import io.iedp.pretraining.objective.ContrastiveFactory;
import io.iedp.pretraining.objective.DenoisingFactory;
import java.util.List;

/** Brings what a text-to-image model learns, and the command that draws pictures with it. */
public final class PretrainingPlugin implements IedpPlugin {
    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new Generate());
    }

    @Override
    public List<TrainingObjectiveFactory<?>> objectives() {
        return List.of(new AutoencodingFactory(), new ContrastiveFactory(), new DenoisingFactory());
    }
}
