package io.iedp.launcher.report;

import io.iedp.io.image.ImageFiles;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Values over steps as PNG pictures. */
final class Curves {
    private static final Color[] COLORS = {
        new Color(0x1f77b4), new Color(0xd62728), new Color(0x2ca02c), new Color(0x9467bd), new Color(0xff7f0e)
    };

    private Curves() {}

    /** One point a step. */
    record Line(String name, List<Integer> steps, List<Double> values) {
        /** Without the points that are no finite numbers. */
        Line finite() {
            List<Integer> keptSteps = new ArrayList<>();
            List<Double> keptValues = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                if (Double.isFinite(values.get(i))) {
                    keptSteps.add(steps.get(i));
                    keptValues.add(values.get(i));
                }
            }
            return new Line(name, keptSteps, keptValues);
        }

        /** An exponential average that starts at the first value. */
        Line smoothed(double share) {
            List<Double> smooth = new ArrayList<>();
            for (double value : values) {
                double before = smooth.isEmpty() ? value : smooth.get(smooth.size() - 1);
                smooth.add(before + share * (value - before));
            }
            return new Line(name, steps, smooth);
        }
    }

    /** A chart of all lines that have a point. */
    static byte[] png(String title, String axis, List<Line> lines) {
        XYChart chart = new XYChartBuilder()
                .width(720)
                .height(400)
                .title(title)
                .xAxisTitle("step")
                .yAxisTitle(axis)
                .build();
        chart.getStyler().setLocale(Locale.ROOT);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setSeriesColors(COLORS);
        chart.getStyler().setXAxisMin(0.0);
        if (lines.stream().flatMap(line -> line.finite().values().stream()).allMatch(value -> value >= 0)) {
            chart.getStyler().setYAxisMin(0.0);
        }
        for (Line line : lines) {
            Line points = line.finite();
            if (!points.values.isEmpty()) {
                XYSeries series = chart.addSeries(points.name, points.steps, points.values);
                series.setMarker(points.values.size() < 30 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            }
        }
        return png(chart);
    }

    /** Not through BitmapEncoder's own stream, which needs a temporary file and fails while the process ends. */
    static byte[] png(Chart<?, ?> chart) {
        return ImageFiles.encodePng(BitmapEncoder.getBufferedImage(chart));
    }

    /** The losses of a run, smoothed. */
    static byte[] losses(History history) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("total", history.steps(), history.losses()).smoothed(0.1));
        history.branchLosses()
                .forEach((name, values) -> lines.add(new Line(name, history.steps(), values).smoothed(0.1)));
        return png("Training loss (smoothed)", "loss", lines);
    }

    /** The learning rates of a run. */
    static byte[] learningRates(History history) {
        return png("Learning rate", "rate", List.of(new Line("rate", history.steps(), history.learningRates())));
    }

    /** The metrics of a run's evaluations. */
    static byte[] metrics(History history) {
        List<Line> lines = new ArrayList<>();
        Map<String, List<Double>> metrics = history.metrics();
        metrics.forEach((name, values) -> lines.add(new Line(name, history.evaluatedSteps(), values)));
        return png("Validation", "metric", lines);
    }
}
