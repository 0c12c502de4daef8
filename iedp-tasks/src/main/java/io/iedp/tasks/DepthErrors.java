package io.iedp.tasks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of the errors of pixels, and the usual metrics of them. */
final class DepthErrors {
    static final String RMSE = "rmse";
    private static final double RATIO = 1.25;

    private long pixels;
    private final long[] near = new long[3];
    private double relative;
    private double squaredRelative;
    private double squared;
    private double log;
    private double squaredLog;
    private double absoluteLog;

    /** Counts one pixel; both are metres. */
    void add(double prediction, double truth) {
        double ratio = Math.max(prediction / truth, truth / prediction);
        double bound = RATIO;
        for (int k = 0; k < near.length; k++, bound *= RATIO) {
            near[k] += ratio < bound ? 1 : 0;
        }
        double difference = prediction - truth;
        double logarithms = Math.log(prediction) - Math.log(truth);
        relative += Math.abs(difference) / truth;
        squaredRelative += difference * difference / truth;
        squared += difference * difference;
        log += logarithms;
        squaredLog += logarithms * logarithms;
        absoluteLog += Math.abs(logarithms);
        pixels++;
    }

    long pixels() {
        return pixels;
    }

    /** The metrics by name, in the order of VPD; NaN without a pixel. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        double count = pixels;
        for (int k = 0; k < near.length; k++) {
            metrics.put("d" + (k + 1), near[k] / count);
        }
        metrics.put("abs_rel", relative / count);
        metrics.put("sq_rel", squaredRelative / count);
        metrics.put(RMSE, Math.sqrt(squared / count));
        metrics.put("rmse_log", Math.sqrt(squaredLog / count));
        metrics.put("log10", absoluteLog / count / Math.log(10));
        double mean = log / count;
        metrics.put("silog", Math.sqrt(Math.max(0, squaredLog / count - 0.5 * mean * mean)));
        return metrics;
    }
}
