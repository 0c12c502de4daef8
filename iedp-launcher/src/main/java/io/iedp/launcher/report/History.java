package io.iedp.launcher.report;

import io.iedp.api.hook.StepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training run went through. However long it is, there are no more points than a curve can show: when there are too
 * many, neighbours become one.
 */
public final class History {
    private static final int MOST = 2048;

    private final List<Point> points = new ArrayList<>();
    private final List<Integer> evaluatedSteps = new ArrayList<>();
    private final List<Map<String, Double>> evaluations = new ArrayList<>();
    private int stride = 1;

    /** The means of some steps. */
    private record Point(int step, int count, Map<String, Double> values) {
        Point plus(Point other) {
            Map<String, Double> means = new LinkedHashMap<>();
            values.forEach((name, value) -> means.put(
                    name,
                    (value * count + other.values.getOrDefault(name, value) * other.count) / (count + other.count)));
            return new Point(other.step, count + other.count, means);
        }
    }

    /** The same up to now, which does not change when this one goes on. */
    History copy() {
        History copy = new History();
        copy.points.addAll(points);
        copy.evaluatedSteps.addAll(evaluatedSteps);
        copy.evaluations.addAll(evaluations);
        copy.stride = stride;
        return copy;
    }

    /** A step that was skipped leaves no point. */
    public void stepped(StepReport report) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("total", report.loss());
        report.branchLosses().forEach((name, loss) -> values.put("loss " + name, loss));
        values.put("rate", report.learningRate());
        if (Double.isFinite(report.loss())) {
            add(new Point(report.step(), 1, values));
        }
    }

    /**
     * @param metrics by name
     */
    public void evaluated(int step, Map<String, Double> metrics) {
        evaluatedSteps.add(step);
        evaluations.add(new LinkedHashMap<>(metrics));
    }

    List<Integer> steps() {
        return points.stream().map(Point::step).toList();
    }

    List<Double> losses() {
        return values("total");
    }

    List<Double> learningRates() {
        return values("rate");
    }

    Map<String, List<Double>> branchLosses() {
        Map<String, List<Double>> losses = new LinkedHashMap<>();
        if (!points.isEmpty()) {
            points.get(0).values.keySet().stream()
                    .filter(name -> name.startsWith("loss "))
                    .forEach(name -> losses.put(name.substring("loss ".length()), values(name)));
        }
        return losses;
    }

    List<Integer> evaluatedSteps() {
        return List.copyOf(evaluatedSteps);
    }

    Map<String, List<Double>> metrics() {
        Map<String, List<Double>> metrics = new LinkedHashMap<>();
        evaluations.forEach(each -> each.forEach((name, value) ->
                metrics.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value)));
        return metrics;
    }

    private List<Double> values(String name) {
        return points.stream()
                .map(point -> point.values.getOrDefault(name, Double.NaN))
                .toList();
    }

    private void add(Point point) {
        int last = points.size() - 1;
        if (last >= 0 && points.get(last).count < stride) {
            points.set(last, points.get(last).plus(point));
            return;
        }
        if (points.size() == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                points.set(i, points.get(2 * i).plus(points.get(2 * i + 1)));
            }
            points.subList(MOST / 2, MOST).clear();
            stride *= 2;
        }
        points.add(point);
    }
}
