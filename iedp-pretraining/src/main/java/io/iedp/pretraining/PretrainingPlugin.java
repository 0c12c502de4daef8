package io.iedp.pretraining;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import java.util.List;

/** Brings the command that draws pictures. */
public final class PretrainingPlugin implements IedpPlugin {
    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new Generate());
    }
}
