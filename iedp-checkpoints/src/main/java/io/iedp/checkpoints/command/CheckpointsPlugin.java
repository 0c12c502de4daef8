package io.iedp.checkpoints.command;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import java.util.List;

/** Brings the command {@code import}. */
public final class CheckpointsPlugin implements IedpPlugin {
    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new ImportFactory());
    }
}
