package io.iedp.launcher.report;

import io.iedp.io.image.ImageFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Values over steps as PNG pictures. */
final class Curves {
    private static final Color[] COLORS = {
        new Color(0x1f77b4), new Color(0xd62728), new Color(0x2ca02c), new Color(0x9467bd), new Color(0xff7f0e)
    };

    private static final String PRESENT = "current.";
    private static final int COLUMNS = 2;
    private static final int SMALL_WIDTH = 440;
    private static final int SMALL_HEIGHT = 280;

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

        /** The same with its first point twice: XChart puts its ticks at the points themselves where they are evenly spaced. */
        Line unevenlySpaced() {
            List<Integer> moreSteps = new ArrayList<>(steps);
            List<Double> moreValues = new ArrayList<>(values);
            moreSteps.add(0, steps.get(0));
            moreValues.add(0, values.get(0));
            return new Line(name, moreSteps, moreValues);
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
        return png(chart(title, axis, lines, 720, 400));
    }

    private static XYChart chart(String title, String axis, List<Line> lines, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle("step")
                .yAxisTitle(axis)
                .build();
        XYStyler style = chart.getStyler();
        style.setLocale(Locale.ROOT);
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setLegendVisible(lines.size() > 1);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setSeriesColors(COLORS);
        style.setXAxisMin(0.0);
        style.setxAxisTickLabelsFormattingFunction(Curves::tick);
        style.setyAxisTickLabelsFormattingFunction(Curves::tick);
        if (lines.stream().flatMap(line -> line.finite().values().stream()).allMatch(value -> value >= 0)) {
            style.setYAxisMin(0.0);
        }
        for (Line line : lines) {
            Line points = line.finite();
            if (!points.values.isEmpty()) {
                Line drawn = points.unevenlySpaced();
                XYSeries series = chart.addSeries(points.name, drawn.steps, drawn.values);
                series.setMarker(points.values.size() < 30 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            }
        }
        return chart;
    }

    /** At most five digits that count, without an exponent where that is short. */
    static String tick(double value) {
        double size = Math.abs(value);
        boolean plain = value == 0 || size >= 1e-4 && size < 1e9;
        return new DecimalFormat(plain ? "#,##0.######" : "0.####E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(value);
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

    /**
     * The metrics of a run's evaluations, each in a chart of its own, since their units differ. That of the present weights is
     * in the chart of the same metric of the averaged ones.
     */
    static byte[] metrics(History history) {
        Map<String, List<Line>> charts = new LinkedHashMap<>();
        history.metrics().forEach((name, values) -> {
            boolean present = name.startsWith(PRESENT);
            String metric = present ? name.substring(PRESENT.length()) : name;
            charts.computeIfAbsent(metric, unseen -> new ArrayList<>())
                    .add(new Line(present ? "present" : "averaged", history.evaluatedSteps(), values));
        });
        return charts.isEmpty() ? png("Validation", "metric", List.of()) : ImageFiles.encodePng(grid(charts));
    }

    private static BufferedImage grid(Map<String, List<Line>> charts) {
        int columns = Math.min(COLUMNS, charts.size());
        int rows = (charts.size() + columns - 1) / columns;
        BufferedImage grid = new BufferedImage(columns * SMALL_WIDTH, rows * SMALL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = grid.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
        int at = 0;
        for (Map.Entry<String, List<Line>> each : charts.entrySet()) {
            XYChart chart = chart(each.getKey(), "", each.getValue(), SMALL_WIDTH, SMALL_HEIGHT);
            chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
            chart.getStyler().setXAxisTickMarkSpacingHint(60);
            graphics.drawImage(
                    BitmapEncoder.getBufferedImage(chart),
                    at % columns * SMALL_WIDTH,
                    at / columns * SMALL_HEIGHT,
                    null);
            at++;
        }
        graphics.dispose();
        return grid;
    }
}
