package io.iedp.verify.command;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import java.util.List;

/** Brings the command {@code verify}. */
public final class VerifyPlugin implements IedpPlugin {
    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new VerifyFactory());
    }
}
