package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well masks fit expressions, as VPD counts: oIoU is the sum of the intersections over the sum of the unions, mIoU
 * the mean over the expressions, P@t the share of the expressions with an IoU of at least t. If neither the prediction
 * nor the truth has a pixel, the IoU is 0.
 */
public final class ReferringMetrics implements Metrics {
    static final String OVERALL_IOU = "oIoU";
    private static final double[] THRESHOLDS = {0.5, 0.6, 0.7, 0.8, 0.9};

    private final long[] precise = new long[THRESHOLDS.length];
    private long intersection;
    private long union;
    private double sum;
    private long expressions;

    @Override
    public void update(Raster prediction, Raster truth) {
        if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
            throw new IllegalArgumentException("The prediction is %s x %s, the truth %s x %s"
                    .formatted(prediction.width(), prediction.height(), truth.width(), truth.height()));
        }
        long both = 0;
        long either = 0;
        for (int i = 0; i < truth.values().length; i++) {
            if (truth.values()[i] != Raster.IGNORE) {
                boolean predicted = prediction.values()[i] == 1;
                boolean referred = truth.values()[i] == 1;
                both += predicted && referred ? 1 : 0;
                either += predicted || referred ? 1 : 0;
            }
        }
        double iou = either == 0 ? 0 : (double) both / either;
        for (int i = 0; i < THRESHOLDS.length; i++) {
            precise[i] += iou >= THRESHOLDS[i] ? 1 : 0;
        }
        intersection += both;
        union += either;
        sum += iou;
        expressions++;
    }

    @Override
    public MetricReport report() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(OVERALL_IOU, union == 0 && expressions > 0 ? 0 : (double) intersection / union);
        values.put("mIoU", sum / expressions);
        for (int i = 0; i < THRESHOLDS.length; i++) {
            values.put("P@" + THRESHOLDS[i], (double) precise[i] / expressions);
        }
        return new MetricReport(values, List.of());
    }

    /** Pixels of all expressions that are in both prediction and truth. */
    public long intersection() {
        return intersection;
    }

    /** Pixels of all expressions that are in prediction, truth or both. */
    public long union() {
        return union;
    }
}
