package io.iedp.serve.command;

import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import java.util.List;

/** {@code iedp serve}. */
final class ServeFactory implements CommandFactory<ServeConfig> {
    @Override
    public String type() {
        return "serve";
    }

    @Override
    public Class<ServeConfig> configuration() {
        return ServeConfig.class;
    }

    @Override
    public String description() {
        return "Answers requests for the predictions of trained runs over HTTP, with a page to try them on.";
    }

    @Override
    public List<String> details() {
        return List.of(
                "The page is at the address that it says when it is ready. It ends by Ctrl-C or SIGTERM, after it has answered what it accepted.");
    }

    @Override
    public List<ExitCode> exitCodes() {
        return List.of(
                new ExitCode(2, "it could not begin"),
                new ExitCode(130, "asked to end by SIGINT"),
                new ExitCode(143, "asked to end by SIGTERM"));
    }

    @Override
    public Command create(ServeConfig configuration, CommandContext context) {
        return new Serve(configuration, context);
    }
}
