package io.iedp.launcher.report;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Values with their deviations as a PNG picture. */
public final class Bars {
    private static final int LABEL = 40;

    private Bars() {}

    /** One bar: all numbers are finite. */
    public record Bar(String name, double value, double deviation) {}

    /**
     * @param bars at least one
     */
    public static byte[] png(String title, String axis, List<Bar> bars) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(720, 60 * bars.size()))
                .height(480)
                .title(title)
                .yAxisTitle(axis)
                .build();
        chart.getStyler().setLocale(Locale.ROOT);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setAvailableSpaceFill(0.6);
        chart.getStyler().setXAxisLabelRotation(bars.size() > 3 ? 30 : 0);
        if (bars.stream().allMatch(bar -> bar.value >= 0)) {
            chart.getStyler().setYAxisMin(0.0);
        }
        chart.addSeries(
                axis,
                bars.stream().map(bar -> shortened(bar.name)).toList(),
                bars.stream().map(Bar::value).toList(),
                bars.stream().map(Bar::deviation).toList());
        return Curves.png(chart);
    }

    private static String shortened(String name) {
        return name.length() <= LABEL ? name : name.substring(0, LABEL - 3) + "...";
    }
}
