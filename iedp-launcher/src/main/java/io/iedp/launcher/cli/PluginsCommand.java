package io.iedp.launcher.cli;

import io.iedp.api.ApiVersion;
import io.iedp.api.UserException;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginCheck;
import io.iedp.launcher.report.TextTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp plugins}. */
@Command(
        name = "plugins",
        description = "Lists what is installed, and from where.",
        subcommands = PluginsCommand.Check.class)
final class PluginsCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Catalog catalog = root.catalog();
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(
                List.of("kind", "type", "from", "what it is"),
                Arrays.stream(Kind.values())
                        .flatMap(kind -> catalog.all(kind).stream())
                        .map(each -> List.of(
                                each.kind().label(),
                                each.type(),
                                each.origin(),
                                each.factory().description()))
                        .toList()));
        out.flush();
    }

    /** {@code iedp plugins check}. */
    @Command(
            name = "check",
            description = "Finds what would fail once a plugin is installed, and changes nothing.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:the plugin can be installed", "2:it cannot; the reasons are said"})
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(
                paramLabel = "PATH",
                description = "The plugin: a jar, a folder with its jars, or a folder of classes.")
        private Path path;

        @Override
        public Integer call() {
            if (!Files.exists(path)) {
                throw new UserException("There is no %s".formatted(path));
            }
            PluginCheck check = PluginCheck.of(path);
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            check.components()
                    .forEach(each -> out.printf(
                            "%s %s: %s%n",
                            each.kind().label(), each.type(), each.factory().description()));
            check.findings().forEach(each -> err.println("- " + each));
            if (check.findings().isEmpty()) {
                out.printf("%s can be installed; it was built for version %s of the API.%n", path, ApiVersion.CURRENT);
            } else {
                err.printf(
                        "%s must not be installed like this: %s findings.%n",
                        path, check.findings().size());
            }
            out.flush();
            err.flush();
            return check.findings().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
        }
    }
}
