package io.iedp.export.command;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import java.util.List;

/** Brings the command {@code export}. */
public final class ExportPlugin implements IedpPlugin {
    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new ExportFactory());
    }
}
