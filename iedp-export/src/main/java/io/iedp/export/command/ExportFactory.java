package io.iedp.export.command;

import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import java.util.List;
import java.util.Optional;

/** {@code iedp export}. */
final class ExportFactory implements CommandFactory<ExportConfig> {
    @Override
    public String type() {
        return "export";
    }

    @Override
    public Class<ExportConfig> configuration() {
        return ExportConfig.class;
    }

    @Override
    public String description() {
        return "Writes what a model computes as an ONNX graph, which other engines run.";
    }

    @Override
    public List<String> details() {
        return List.of(
                "The graph takes any number of pictures and gives what the task predicts from, at their size. Sliding windows, further sizes and mirrored views stay outside.");
    }

    @Override
    public Optional<String> device() {
        return Optional.of("cpu");
    }

    @Override
    public List<ExitCode> exitCodes() {
        return List.of(
                new ExitCode(0, "the file is there"),
                new ExitCode(Export.DIFFERENT, "it is there, but what it computes is not what the model does"),
                new ExitCode(2, "nothing was written"));
    }

    @Override
    public Command create(ExportConfig configuration, CommandContext context) {
        return new Export(configuration, context);
    }
}
