package io.iedp.launcher.cli;

import io.iedp.config.JsonSchema;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp schema}. */
@Command(
        name = "schema",
        description =
                "Prints the JSON schema of experiment files, with all that is installed, for editors to complete and check from.")
final class SchemaCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--parts", description = "The schema of files that others extend, in which any key may be missing.")
    private boolean parts;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(parts ? JsonSchema.ofParts(root.catalog()) : JsonSchema.of(root.catalog()));
        out.flush();
    }
}
