package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.RecordSchema;
import io.iedp.config.ReferencePage;
import io.iedp.config.Suggestions;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.launcher.report.TextTable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp describe}. */
@Command(name = "describe", description = "Shows every key of a component, or of experiment files themselves.")
final class DescribeCommand implements Runnable {
    private static final String EXPERIMENT = "experiment";

    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "experiment, backbone, guidance, head, task, dataset, transform, hook or command.")
    private String kind;

    @Parameters(index = "1", paramLabel = "TYPE", arity = "0..1", description = "The type, as 'iedp plugins' lists it.")
    private String type;

    @Option(names = "--markdown", description = "As a part of a page in Markdown, for the documentation of a plugin.")
    private boolean markdown;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (kind.equals(EXPERIMENT)) {
            if (type != null) {
                throw new UserException("'%s' has no types; leave '%s' out".formatted(EXPERIMENT, type));
            }
            if (markdown) {
                out.print(ReferencePage.ofExperiments());
            } else {
                print(out, Experiment.class);
            }
        } else if (markdown) {
            out.print(ReferencePage.of(find()));
        } else {
            Installed installed = find();
            out.printf(
                    "%s %s: %s%n%n",
                    installed.kind().label(),
                    installed.type(),
                    installed.factory().description());
            print(out, installed.factory().configuration());
        }
        out.flush();
    }

    private Installed find() {
        Catalog catalog = root.catalog();
        Kind wanted = Arrays.stream(Kind.values())
                .filter(each -> each.label().equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new UserException("There is no kind '%s'; %s".formatted(kind, Suggestions.of(kind, kinds()))));
        List<String> types = catalog.all(wanted).stream().map(Installed::type).toList();
        if (type == null) {
            throw new UserException("Which %s? %s".formatted(kind, Suggestions.of("", types)));
        }
        return catalog.find(wanted, type)
                .orElseThrow(() -> new UserException(
                        "There is no %s of type '%s'; %s".formatted(kind, type, Suggestions.of(type, types))));
    }

    private static List<String> kinds() {
        return Stream.concat(Stream.of(EXPERIMENT), Arrays.stream(Kind.values()).map(Kind::label))
                .toList();
    }

    private static void print(PrintWriter out, Class<? extends Record> configuration) {
        out.print(TextTable.of(
                List.of("key", "type", "default", "range", "meaning"),
                RecordSchema.of(configuration).keys().stream()
                        .map(key -> List.of(
                                key.path(),
                                key.type(),
                                key.defaultValue().orElse(key.required() ? "(required)" : ""),
                                key.range().orElse(""),
                                key.doc()))
                        .toList()));
    }
}
