package io.iedp.launcher.cli;

import io.iedp.launcher.plugin.Catalog;
import io.iedp.launcher.plugin.Kind;
import io.iedp.launcher.report.TextTable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp plugins}. */
@Command(name = "plugins", description = "Lists what is installed, and from where.")
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
}
