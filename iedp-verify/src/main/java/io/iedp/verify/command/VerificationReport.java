package io.iedp.verify.command;

import io.iedp.api.command.CommandContext;
import io.iedp.verify.Tolerance;
import io.iedp.verify.command.Outcome.Status;
import io.iedp.verify.result.Difference;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of all cases, for the user.
 *
 * @param arrays whether every array has a row, not the worst of each case only
 */
record VerificationReport(List<Outcome> outcomes, boolean arrays) {
    static final int OVER = 1;
    static final int UNREADABLE = 2;

    /** Arrays of one case that are explained, the worst. */
    private static final int EXPLAINED = 5;

    private static final List<String> COLUMNS =
            List.of("case", "kind", "arrays", "absolute", "relative", "allowed", "worst array", "result");

    void print(CommandContext context) {
        context.table(
                COLUMNS,
                outcomes.stream().flatMap(outcome -> rows(outcome).stream()).toList());
        outcomes.forEach(outcome -> explain(outcome, context));
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

    private static void explain(Outcome outcome, CommandContext context) {
        if (!outcome.problem().isEmpty()) {
            context.say(outcome.problem());
        }
        List<Difference> failed = outcome.result().stream()
                .flatMap(result -> result.differences().stream())
                .filter(difference -> !difference.passed())
                .toList();
        failed.stream()
                .limit(EXPLAINED)
                .forEach(each -> context.say("%s: %s %s".formatted(outcome.folder(), each.name(), reason(each))));
        if (failed.size() > EXPLAINED) {
            context.say(
                    "%s: and %s more; --arrays shows them all".formatted(outcome.folder(), failed.size() - EXPLAINED));
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

    int exitCode() {
        Set<Status> statuses = outcomes.stream().map(Outcome::status).collect(Collectors.toSet());
        if (statuses.contains(Status.FAILED)) {
            return OVER;
        }
        return statuses.contains(Status.UNREADABLE) || !statuses.contains(Status.OK) ? UNREADABLE : 0;
    }
}
