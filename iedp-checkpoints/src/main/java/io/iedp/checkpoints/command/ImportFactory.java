package io.iedp.checkpoints.command;

import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import java.util.List;
import java.util.Optional;

/** {@code iedp import}. */
final class ImportFactory implements CommandFactory<ImportConfig> {
    @Override
    public String type() {
        return "import";
    }

    @Override
    public Class<ImportConfig> configuration() {
        return ImportConfig.class;
    }

    @Override
    public String description() {
        return "Makes a run of a checkpoint that the authors of VPD or TADP offer, to measure it, predict with it or export it.";
    }

    @Override
    public List<String> details() {
        return List.of(
                "The run has all weights in it but those of a text encoder that words go through, and needs nothing of the file afterwards.");
    }

    @Override
    public Optional<String> device() {
        return Optional.empty();
    }

    @Override
    public List<ExitCode> exitCodes() {
        return List.of(new ExitCode(0, "the run is there"), new ExitCode(2, "nothing was written"));
    }

    @Override
    public Command create(ImportConfig configuration, CommandContext context) {
        return new Import(configuration, context);
    }
}
