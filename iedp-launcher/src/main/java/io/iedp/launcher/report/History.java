package io.iedp.launcher.report;

import io.iedp.api.task.MetricReport;
import io.iedp.launcher.engine.StepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a training run went through, step by step. */
public final class History {
    private final List<StepReport> trained = new ArrayList<>();
    private final List<Integer> evaluatedSteps = new ArrayList<>();
    private final List<MetricReport> evaluations = new ArrayList<>();

    public void stepped(StepReport step) {
        trained.add(step);
    }

    public void evaluated(int step, MetricReport metrics) {
        evaluatedSteps.add(step);
        evaluations.add(metrics);
    }

    List<Integer> steps() {
        return trained.stream().map(StepReport::step).toList();
    }

    List<Double> losses() {
        return trained.stream().map(StepReport::loss).toList();
    }

    Map<String, List<Double>> branchLosses() {
        Map<String, List<Double>> losses = new LinkedHashMap<>();
        trained.forEach(step -> step.branchLosses()
                .forEach((name, loss) ->
                        losses.computeIfAbsent(name, each -> new ArrayList<>()).add(loss)));
        return losses;
    }

    List<Integer> evaluatedSteps() {
        return List.copyOf(evaluatedSteps);
    }

    Map<String, List<Double>> metrics() {
        Map<String, List<Double>> metrics = new LinkedHashMap<>();
        evaluations.forEach(report -> report.values()
                .forEach((name, value) ->
                        metrics.computeIfAbsent(name, each -> new ArrayList<>()).add(value)));
        return metrics;
    }
}
