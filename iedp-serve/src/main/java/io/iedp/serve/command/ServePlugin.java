package io.iedp.serve.command;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import java.util.List;

/** Brings the command {@code serve}. */
public final class ServePlugin implements IedpPlugin {
    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new ServeFactory());
    }
}
