package io.iedp.launcher.cli;

import io.iedp.api.verify.Tolerance;
import io.iedp.launcher.report.TextTable;
import io.iedp.launcher.run.Verification;
import io.iedp.launcher.run.Verification.Outcome;
import io.iedp.launcher.run.Verification.Status;
import io.iedp.nn.verify.Difference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp verify}. */
@Command(
        name = "verify",
        description = {
            "Runs models on recorded cases and compares with what the original implementations computed.",
            "A case is a folder with meta.json, inputs.safetensors, expected.safetensors and the model's weights."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every case that ran is within its tolerance",
            "1:a case is not, or its model failed",
            "2:no case is over, but one cannot be read, or none ran"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int OVER = 1;
    private static final int UNREADABLE = 2;

    /** Arrays of one case that are explained, the worst. */
    private static final int EXPLAINED = 5;

    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "Folders of cases, or folders with such folders in them.")
    private List<Path> folders;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "Where to compute: cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--arrays", description = "Show every array of every case, not the worst only.")
    private boolean arrays;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Outcome> outcomes = Verification.run(root.catalog(), folders, device, new Console(out));
        List<List<String>> rows = new ArrayList<>();
        outcomes.forEach(outcome -> rows.addAll(rows(outcome)));
        out.print(TextTable.of(
                List.of("case", "kind", "arrays", "absolute", "relative", "allowed", "worst array", "result"), rows));
        outcomes.forEach(outcome -> explain(outcome, out));
        out.flush();
        return exitCode(outcomes);
    }

    private List<List<String>> rows(Outcome outcome) {
        String name = outcome.folder().getFileName().toString();
        String result = outcome.status().name().toLowerCase(Locale.ROOT);
        if (outcome.result().isEmpty()) {
            return List.of(List.of(name, outcome.kind(), "-", "-", "-", "-", "", result));
        }
        List<Difference> differences = outcome.result().get().differences();
        String count = Integer.toString(differences.size());
        if (!arrays) {
            return List.of(
                    row(name, outcome.kind(), count, outcome.result().get().worst(), result));
        }
        return differences.stream()
                .map(each -> row(name, outcome.kind(), count, each, each.passed() ? "ok" : "failed"))
                .toList();
    }

    private static List<String> row(String name, String kind, String count, Difference difference, String result) {
        return List.of(
                name,
                kind,
                count,
                number(difference.absolute()),
                number(difference.relative()),
                allowed(difference.tolerance()),
                difference.name(),
                result);
    }

    private static String allowed(Tolerance tolerance) {
        if (tolerance.relative() == 0) {
            return tolerance.absolute() == 0 ? "0" : number(tolerance.absolute()) + " absolute";
        }
        return number(tolerance.relative());
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }

    private static void explain(Outcome outcome, PrintWriter out) {
        if (!outcome.problem().isEmpty()) {
            out.println(outcome.problem());
        }
        List<Difference> failed = outcome.result().stream()
                .flatMap(result -> result.differences().stream())
                .filter(difference -> !difference.passed())
                .toList();
        failed.stream()
                .limit(EXPLAINED)
                .forEach(each -> out.printf("%s: %s %s%n", outcome.folder(), each.name(), reason(each)));
        if (failed.size() > EXPLAINED) {
            out.printf("%s: and %d more; --arrays shows them all%n", outcome.folder(), failed.size() - EXPLAINED);
        }
    }

    private static String reason(Difference difference) {
        return difference.problem().isEmpty()
                ? "is off by %s, relative %s; allowed is %s"
                        .formatted(
                                number(difference.absolute()),
                                number(difference.relative()),
                                allowed(difference.tolerance()))
                : difference.problem();
    }

    private static int exitCode(List<Outcome> outcomes) {
        Set<Status> statuses = outcomes.stream().map(Outcome::status).collect(Collectors.toSet());
        if (statuses.contains(Status.FAILED)) {
            return OVER;
        }
        return statuses.contains(Status.UNREADABLE) || !statuses.contains(Status.OK) ? UNREADABLE : 0;
    }
}
