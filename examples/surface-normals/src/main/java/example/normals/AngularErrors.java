package example.normals;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Angles between predicted and true directions, in degrees, over all pixels that have a truth. The median is that of steps of
 * a hundredth of a degree, so that memory does not grow with the pictures.
 */
final class AngularErrors implements Metrics {
    static final String MEAN = "mean-angle";

    private static final int STEPS = 100;
    private static final double[] LIMITS = {11.25, 22.5, 30};

    private final long[] histogram = new long[180 * STEPS + 1];
    private final long[] within = new long[LIMITS.length];
    private double sum;
    private long count;

    @Override
    public void update(Raster prediction, Raster truth) {
        int size = truth.width() * truth.height();
        for (int i = 0; i < size; i++) {
            if (length(truth, i, size) < 0.5) {
                continue;
            }
            double angle = angle(prediction, truth, i, size);
            sum += angle;
            count++;
            histogram[(int) Math.round(angle * STEPS)]++;
            for (int limit = 0; limit < LIMITS.length; limit++) {
                within[limit] += angle < LIMITS[limit] ? 1 : 0;
            }
        }
    }

    /** 90 degrees where nothing is predicted. */
    private static double angle(Raster prediction, Raster truth, int pixel, int size) {
        double dot = 0;
        for (int c = 0; c < 3; c++) {
            dot += (double) prediction.values()[c * size + pixel] * truth.values()[c * size + pixel];
        }
        double lengths = length(prediction, pixel, size) * length(truth, pixel, size);
        return lengths > 0 ? Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, dot / lengths)))) : 90;
    }

    private static double length(Raster normals, int pixel, int size) {
        double square = 0;
        for (int c = 0; c < 3; c++) {
            square += Math.pow(normals.values()[c * size + pixel], 2);
        }
        return Math.sqrt(square);
    }

    @Override
    public MetricReport report() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(MEAN, count == 0 ? Double.NaN : sum / count);
        values.put("median-angle", median());
        for (int limit = 0; limit < LIMITS.length; limit++) {
            values.put("within-" + LIMITS[limit], count == 0 ? Double.NaN : (double) within[limit] / count);
        }
        return new MetricReport(values, List.of());
    }

    private double median() {
        long seen = 0;
        for (int step = 0; step < histogram.length; step++) {
            seen += histogram[step];
            if (2 * seen >= count && count > 0) {
                return (double) step / STEPS;
            }
        }
        return Double.NaN;
    }
}
