package io.iedp.api.task;

/**
 * The metric that a run is judged by.
 *
 * @param metric its name in {@link MetricReport#values}
 * @param higherIsBetter which way is better
 */
public record Goal(String metric, boolean higherIsBetter) {
    public boolean better(double value, double than) {
        return higherIsBetter ? value > than : value < than;
    }
}
