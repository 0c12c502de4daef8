package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors of depth, as VPD counts them: d1 to d3 (the share of pixels within a factor of 1.25, 1.25^2, 1.25^3), abs_rel,
 * sq_rel, rmse in metres, rmse_log, log10 and silog. Pictures without a reading in the measured part do not count.
 */
public final class DepthMetrics implements Metrics {
    /** What the metrics are the mean of. */
    public enum Averaging {
        PICTURE,
        PIXEL
    }

    private final DepthRange range;
    private final DepthArea area;
    private final Averaging averaging;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private DepthErrors errors = new DepthErrors();
    private long pictures;
    private long pixels;

    public DepthMetrics(DepthRange range, DepthArea area, Averaging averaging) {
        this.range = range;
        this.area = area;
        this.averaging = averaging;
    }

    @Override
    public void update(Raster prediction, Raster truth) {
        if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
            throw new IllegalArgumentException("The prediction is %s x %s, the truth %s x %s"
                    .formatted(prediction.width(), prediction.height(), truth.width(), truth.height()));
        }
        Area measured = area.measured(truth.height(), truth.width());
        long before = errors.pixels();
        for (int y = measured.top(); y < measured.bottom(); y++) {
            for (int x = measured.left(); x < measured.right(); x++) {
                if (range.counts(truth.at(x, y))) {
                    errors.add(range.finite(prediction.at(x, y)), truth.at(x, y));
                }
            }
        }
        pixels += errors.pixels() - before;
        if (averaging == Averaging.PICTURE && errors.pixels() > 0) {
            errors.metrics().forEach((name, value) -> sums.merge(name, value, Double::sum));
            pictures++;
            errors = new DepthErrors();
        }
    }

    @Override
    public MetricReport report() {
        Map<String, Double> values = new LinkedHashMap<>(errors.metrics());
        if (averaging == Averaging.PICTURE && pictures > 0) {
            values.replaceAll((name, none) -> sums.get(name) / pictures);
        }
        return new MetricReport(values, List.of());
    }

    /** The pixels that were measured. */
    public long pixels() {
        return pixels;
    }
}
