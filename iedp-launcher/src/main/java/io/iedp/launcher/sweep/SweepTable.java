package io.iedp.launcher.sweep;

import io.iedp.api.UserException;
import io.iedp.api.task.Goal;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.text.Csv;
import io.iedp.io.text.Secrets;
import io.iedp.io.text.TerminalText;
import io.iedp.launcher.report.Bars;
import io.iedp.launcher.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the runs of a sweep came to, one row for those that differ in nothing but the seed. */
final class SweepTable {
    private final List<String> axes;
    private final List<Outcome> outcomes;
    private final List<String> metrics;
    private final Map<Map<String, String>, List<Outcome>> groups;

    SweepTable(List<Axis> axes, List<Outcome> outcomes) {
        this.axes = axes.stream().map(Axis::name).toList();
        this.outcomes = List.copyOf(outcomes);
        Set<String> names = new LinkedHashSet<>();
        outcomes.forEach(each ->
                each.result().ifPresent(result -> names.addAll(result.metrics().keySet())));
        this.metrics = List.copyOf(names);
        this.groups = outcomes.stream()
                .collect(Collectors.groupingBy(
                        each -> each.combination().group(), LinkedHashMap::new, Collectors.toList()));
    }

    /** The table for a terminal, and what failed. */
    String text() {
        StringBuilder text = new StringBuilder(TextTable.of(columns(), rows()));
        goal().ifPresent(goal -> {
            PairedDifferences differences = differences(goal);
            if (differences.exist()) {
                text.append("%nPaired differences of %s, rows minus columns:%n%n%s"
                        .formatted(goal.metric(), TextTable.of(differences.columns(), differences.matrix())));
            }
        });
        failed().forEach(each ->
                text.append("%s failed: %s%n".formatted(each.combination().folder(), each.problem())));
        return text.toString();
    }

    /**
     * Writes {@code sweep.csv} with a row a run, {@code summary.csv} and {@code sweep.md} with the table,
     * {@code differences.csv} with paired differences, and {@code sweep.png}, which shows the metric that the runs are judged by.
     *
     * @throws UserException if the folder cannot be written
     */
    void write(Path folder, String title) {
        try {
            AtomicFiles.write(folder.resolve("sweep.csv"), Csv.text(runs(folder)));
            AtomicFiles.write(folder.resolve("summary.csv"), Csv.text(summary()));
            if (goal().isPresent()) {
                AtomicFiles.write(
                        folder.resolve("differences.csv"),
                        Csv.text(differences(goal().get()).pairs()));
            }
            AtomicFiles.write(folder.resolve("sweep.md"), markdown(title));
            Optional<byte[]> picture = picture(title);
            if (picture.isPresent()) {
                AtomicFiles.write(folder.resolve("sweep.png"), picture.get());
            }
        } catch (IOException e) {
            throw new UserException(
                    "The table of the sweep in %s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private List<String> groupAxes() {
        return axes.stream().filter(axis -> !axis.equals(Axis.SEED)).toList();
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(groupAxes());
        columns.add("runs");
        columns.addAll(metrics);
        return columns;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        groups.forEach((group, members) -> {
            List<String> row = start(group, members);
            metrics.forEach(metric -> row.add(spread(members, metric).show()));
            rows.add(row);
        });
        return rows;
    }

    private List<String> start(Map<String, String> group, List<Outcome> members) {
        List<String> row = new ArrayList<>(group.values());
        long done = members.stream().filter(each -> each.result().isPresent()).count();
        row.add(done == members.size() ? Long.toString(done) : done + " of " + members.size());
        return row;
    }

    private static Spread spread(List<Outcome> members, String metric) {
        return Spread.of(members.stream()
                .flatMap(each -> each.result().stream())
                .map(result -> result.metrics().getOrDefault(metric, Double.NaN))
                .toList());
    }

    private PairedDifferences differences(Goal goal) {
        PairedDifferences.Builder differences = new PairedDifferences.Builder();
        groups.forEach((group, members) -> {
            String row = group.isEmpty() ? "run" : String.join(", ", group.values());
            differences.row(row);
            members.forEach(member -> member.result()
                    .ifPresent(result -> differences.add(
                            row,
                            member.combination().values().getOrDefault(Axis.SEED, ""),
                            result.metrics().getOrDefault(goal.metric(), Double.NaN))));
        });
        return differences.build();
    }

    private List<Outcome> failed() {
        return outcomes.stream().filter(Outcome::isFailed).toList();
    }

    private List<List<String>> runs(Path folder) {
        List<String> header = new ArrayList<>(axes);
        header.add("status");
        header.addAll(metrics);
        header.addAll(List.of("run", "problem"));
        List<List<String>> rows = new ArrayList<>(List.of(header));
        for (Outcome outcome : outcomes) {
            List<String> row = new ArrayList<>(outcome.combination().values().values());
            row.add(outcome.status());
            metrics.forEach(metric -> row.add(outcome.result()
                    .map(result -> number(result.metrics().getOrDefault(metric, Double.NaN)))
                    .orElse("")));
            row.add(outcome.folder()
                    .map(each -> folder.relativize(each).toString())
                    .orElse(""));
            row.add(outcome.problem());
            rows.add(row);
        }
        return rows;
    }

    private List<List<String>> summary() {
        List<String> header = new ArrayList<>(groupAxes());
        header.add("runs");
        metrics.forEach(metric -> header.addAll(List.of(metric + " mean", metric + " deviation")));
        List<List<String>> rows = new ArrayList<>(List.of(header));
        groups.forEach((group, members) -> {
            List<String> row = start(group, members);
            metrics.forEach(metric -> {
                Spread spread = spread(members, metric);
                row.add(number(spread.mean()));
                row.add(number(spread.deviation()));
            });
            rows.add(row);
        });
        return rows;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    private String markdown(String title) {
        StringBuilder text = new StringBuilder("# %s\n\n".formatted(plain(title)));
        goal().ifPresent(goal ->
                text.append("Judged by %s, %s is better. Mean ± sample standard deviation over seeds.\n\n"
                        .formatted(plain(goal.metric()), goal.higherIsBetter() ? "higher" : "lower")));
        text.append(line(columns()));
        text.append("|").append(" --- |".repeat(groupAxes().size()));
        text.append(" ---: |".repeat(1 + metrics.size())).append("\n");
        rows().forEach(row -> text.append(line(row)));
        goal().map(this::differences).filter(PairedDifferences::exist).ifPresent(differences -> {
            text.append(
                    "\nPaired differences, rows minus columns: mean ± sample standard deviation over common seeds.\n\n");
            text.append(line(differences.columns()));
            text.append("| --- |")
                    .append(" ---: |".repeat(differences.columns().size() - 1))
                    .append("\n");
            differences.matrix().forEach(row -> text.append(line(row)));
        });
        if (!failed().isEmpty()) {
            text.append("\nFailed:\n\n");
            failed().forEach(each ->
                    text.append("- %s: %s\n".formatted(plain(each.combination().folder()), plain(each.problem()))));
        }
        return text.toString();
    }

    /** Text in Markdown that is nothing but text; what would be a tag is none. */
    private static String plain(String text) {
        return TerminalText.line(Secrets.mask(text).replaceAll("\\s+", " "))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("[\\\\`*\\[\\]|]", "\\\\$0");
    }

    private static String line(List<String> cells) {
        return cells.stream().map(SweepTable::plain).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private Optional<Goal> goal() {
        return outcomes.stream()
                .flatMap(each -> each.result().stream())
                .map(result -> result.goal())
                .findFirst();
    }

    private Optional<byte[]> picture(String title) {
        if (goal().isEmpty()) {
            return Optional.empty();
        }
        Goal goal = goal().get();
        List<Bars.Bar> bars = new ArrayList<>();
        groups.forEach((group, members) -> {
            Spread spread = spread(members, goal.metric());
            if (Double.isFinite(spread.mean())) {
                String name = group.isEmpty() ? title : Combination.label(group);
                bars.add(new Bars.Bar(
                        name, spread.mean(), Double.isFinite(spread.deviation()) ? spread.deviation() : 0));
            }
        });
        String axis = "%s (%s is better)".formatted(goal.metric(), goal.higherIsBetter() ? "higher" : "lower");
        return bars.isEmpty() ? Optional.empty() : Optional.of(Bars.png(title, axis, bars));
    }
}
