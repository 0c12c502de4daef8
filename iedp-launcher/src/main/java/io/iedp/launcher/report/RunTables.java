package io.iedp.launcher.report;

import io.iedp.api.UserException;
import io.iedp.api.task.MetricReport;
import io.iedp.launcher.engine.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a run as CSV: {@code training.csv} has a row a step, {@code metrics.csv} a row an evaluation.
 * Each row is on disk before the next step, so a run that is cut off keeps what it had.
 */
public final class RunTables {
    private final Path training;
    private final Path metrics;

    public RunTables(Path folder) {
        training = folder.resolve("training.csv");
        metrics = folder.resolve("metrics.csv");
    }

    public void stepped(StepReport step) {
        if (step.step() == 1) {
            List<String> header = new ArrayList<>(List.of("step", "loss"));
            step.branchLosses().keySet().forEach(name -> header.add("loss." + name));
            header.addAll(List.of("learning_rate", "gradient_norm", "images_per_second", "wait_share"));
            append(training, header);
        }
        List<String> row = new ArrayList<>(List.of(String.valueOf(step.step()), String.valueOf(step.loss())));
        step.branchLosses().values().forEach(loss -> row.add(String.valueOf(loss)));
        row.add(String.valueOf(step.learningRate()));
        row.add(String.valueOf(step.gradientNorm()));
        row.add(String.valueOf(step.imagesPerSecond()));
        row.add(String.valueOf(step.waitShare()));
        append(training, row);
    }

    public void evaluated(int step, MetricReport report) {
        if (!Files.exists(metrics)) {
            List<String> header = new ArrayList<>(List.of("step"));
            header.addAll(report.values().keySet());
            append(metrics, header);
        }
        List<String> row = new ArrayList<>(List.of(String.valueOf(step)));
        report.values().values().forEach(value -> row.add(String.valueOf(value)));
        append(metrics, row);
    }

    private static void append(Path file, List<String> row) {
        try {
            Files.writeString(file, Csv.line(row), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
