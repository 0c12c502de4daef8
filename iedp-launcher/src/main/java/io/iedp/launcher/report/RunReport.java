package io.iedp.launcher.report;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import io.iedp.api.hook.Example;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricTable;
import io.iedp.engine.training.Measured;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that the page of a run shows.
 *
 * @param name of the run
 * @param goal the metric that counts
 * @param stage whether the page will be written again
 * @param progress how far the run is, by name; empty when it is at its end
 * @param measured this run first, once it was evaluated, then what it is compared with
 * @param history as it is now: the report keeps a copy
 * @param environment versions, device and the like, by name
 * @param configuration the resolved experiment file
 */
public record RunReport(
        String name,
        Goal goal,
        Stage stage,
        Map<String, String> progress,
        List<Measured> measured,
        History history,
        List<Example> examples,
        List<LegendEntry> legend,
        Map<String, String> environment,
        String configuration) {
    /** Where a run is. */
    public enum Stage {
        GOING_ON,
        STOPPED,
        DONE
    }

    private static final List<String> COLUMNS = List.of("image", "truth", "prediction");

    public RunReport {
        progress = Collections.unmodifiableMap(new LinkedHashMap<>(progress));
        measured = List.copyOf(measured);
        history = history.copy();
        examples = List.copyOf(examples);
        legend = List.copyOf(legend);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** This run and what it is compared with. */
    public MetricTable comparison() {
        List<String> metrics = List.copyOf(measured.get(0).metrics().values().keySet());
        List<String> columns = new ArrayList<>(List.of("predictor"));
        columns.addAll(metrics);
        List<List<String>> rows = new ArrayList<>();
        for (Measured each : measured) {
            List<String> row = new ArrayList<>(List.of(each.name()));
            metrics.forEach(metric -> row.add(number(each.metrics().values().getOrDefault(metric, Double.NaN))));
            rows.add(row);
        }
        return new MetricTable("Comparison", columns, rows);
    }

    static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * Writes curves, pictures and {@code index.html}.
     *
     * @throws UserException if the folder cannot be written
     */
    public void write(Path folder) {
        try {
            byte[] losses = Curves.losses(history);
            byte[] rates = Curves.learningRates(history);
            byte[] metrics = Curves.metrics(history);
            AtomicFiles.write(folder.resolve("loss.png"), losses);
            AtomicFiles.write(folder.resolve("learning-rate.png"), rates);
            AtomicFiles.write(folder.resolve("metrics.png"), metrics);
            if (!measured.isEmpty()) {
                MetricFiles.write(folder, comparison());
                for (MetricTable table : measured.get(0).metrics().tables()) {
                    MetricFiles.write(folder, table);
                }
            }
            List<HtmlPage.Picture> charts = List.of(
                    new HtmlPage.Picture("Training loss over the steps", losses),
                    new HtmlPage.Picture("Validation metrics over the steps", metrics),
                    new HtmlPage.Picture("Learning rate over the steps", rates));
            List<HtmlPage.Picture> pictures = new ArrayList<>();
            if (!examples.isEmpty()) {
                Path grid = folder.resolve("samples.png");
                ImageFiles.writePng(SampleGrid.draw(COLUMNS, rows(), legend), grid);
                writeSamples(folder.resolve("samples"));
                pictures.add(new HtmlPage.Picture(captionOfSamples(), Files.readAllBytes(grid)));
            }
            AtomicFiles.write(folder.resolve("index.html"), new HtmlPage(this, charts, pictures).text());
        } catch (IOException e) {
            throw new UserException("The report in %s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private String captionOfSamples() {
        List<Integer> steps = history.evaluatedSteps();
        String when = steps.isEmpty() ? "" : String.format(Locale.ROOT, " after step %,d", steps.get(steps.size() - 1));
        boolean plain = examples.stream().allMatch(each -> isPlain(each.prediction()));
        return "Validation samples%s: image, truth, prediction%s"
                .formatted(
                        when, plain ? ". Each prediction is all of one colour: the model has learned little yet." : "");
    }

    private static boolean isPlain(RgbImage image) {
        byte[] pixels = image.pixels();
        return IntStream.range(3, pixels.length).allMatch(i -> pixels[i] == pixels[i - 3]);
    }

    private List<SampleGrid.Row> rows() {
        return examples.stream()
                .map(each -> new SampleGrid.Row(List.of(each.image(), each.truth(), each.prediction()), ""))
                .toList();
    }

    private void writeSamples(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Example example : examples) {
            ImageFiles.writePng(example.image(), folder.resolve(example.name() + "-image.png"));
            ImageFiles.writePng(example.truth(), folder.resolve(example.name() + "-truth.png"));
            ImageFiles.writePng(example.prediction(), folder.resolve(example.name() + "-prediction.png"));
        }
    }
}
