package io.iedp.launcher.report;

import io.iedp.api.UserException;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.StepReport;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.TextFiles;
import io.iedp.io.text.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a run as CSV: {@code training.csv} has a row a step, {@code metrics.csv} a row an evaluation.
 * Each row is on disk before the next step, so a run that is cut off keeps what it had; where the disk is full, rows wait
 * until there is room again.
 */
public final class RunTables {
    private static final String BRANCH = "loss.";

    private final CsvFile training;
    private final CsvFile metrics;

    public RunTables(Path folder) {
        training = new CsvFile(folder.resolve("training.csv"));
        metrics = new CsvFile(folder.resolve("metrics.csv"));
    }

    /**
     * Keeps the rows up to a step, as a run does that goes on from there, and tells a history of them.
     *
     * @throws UserException if the files cannot be read or written
     */
    public void keep(int step, History history) {
        for (Map<String, String> row : training.keep(step)) {
            Map<String, Double> branches = new LinkedHashMap<>();
            row.forEach((name, value) -> {
                if (name.startsWith(BRANCH)) {
                    branches.put(name.substring(BRANCH.length()), number(value));
                }
            });
            int made = (int) number(row.get("step"));
            double loss = number(row.get("loss"));
            history.stepped(
                    new StepReport(made, made, loss, branches, number(row.get("learning_rate")), 0, 0, 0, 0, 0));
        }
        for (Map<String, String> row : metrics.keep(step)) {
            Map<String, Double> values = new LinkedHashMap<>();
            row.forEach((name, value) -> values.put(name, number(value)));
            history.evaluated((int) (double) values.remove("step"), values);
        }
    }

    public void stepped(StepReport step) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("step", String.valueOf(step.step()));
        row.put("loss", String.valueOf(step.loss()));
        step.branchLosses().forEach((name, loss) -> row.put(BRANCH + name, String.valueOf(loss)));
        row.put("learning_rate", String.valueOf(step.learningRate()));
        row.put("gradient_norm", String.valueOf(step.gradientNorm()));
        row.put("images_per_second", String.valueOf(step.imagesPerSecond()));
        row.put("wait_share", String.valueOf(step.waitShare()));
        row.put("skipped", String.valueOf(step.skipped()));
        row.put("resident_mib", String.valueOf(step.residentMiB()));
        training.append(row);
    }

    public void evaluated(Evaluation evaluation) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("step", String.valueOf(evaluation.step()));
        values(evaluation).forEach((name, value) -> row.put(name, String.valueOf(value)));
        metrics.append(row);
    }

    /** All metrics of an evaluation: where an average is kept, those of the weights as they are trained have a prefix. */
    public static Map<String, Double> values(Evaluation evaluation) {
        Map<String, Double> values = new LinkedHashMap<>(evaluation.metrics().values());
        evaluation
                .current()
                .ifPresent(current -> current.values().forEach((name, value) -> values.put("current." + name, value)));
        return values;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    /** A file whose first column is the step. */
    private static final class CsvFile {
        private final Path file;
        private final StringBuilder pending = new StringBuilder();
        private boolean begun;

        CsvFile(Path file) {
            this.file = file;
        }

        void append(Map<String, String> row) {
            if (!begun) {
                pending.append(Csv.line(List.copyOf(row.keySet())));
                begun = true;
            }
            pending.append(Csv.line(List.copyOf(row.values())));
            if (AppendedFile.append(file, pending.toString())) {
                pending.setLength(0);
            }
        }

        /** The rows up to a step, which are all that stay; a last one that was cut off does not. */
        List<Map<String, String>> keep(int step) {
            if (!Files.exists(file)) {
                return List.of();
            }
            try {
                String text = TextFiles.read(file);
                List<List<String>> lines = Csv.parse(text.substring(0, text.lastIndexOf('\n') + 1), file.toString());
                List<Map<String, String>> rows = new ArrayList<>();
                for (List<String> cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
                    List<String> names = lines.get(0);
                    if (cells.size() != names.size() || Long.parseLong(cells.get(0)) > step) {
                        break;
                    }
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < cells.size(); i++) {
                        row.put(names.get(i), cells.get(i));
                    }
                    rows.add(row);
                }
                begun = !rows.isEmpty();
                AtomicFiles.write(file, Csv.text(begun ? lines.subList(0, rows.size() + 1) : List.of()));
                return rows;
            } catch (IOException | NumberFormatException e) {
                throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
            }
        }
    }
}
