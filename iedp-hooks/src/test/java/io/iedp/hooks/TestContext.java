package io.iedp.hooks;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.HookContext;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run that keeps what hooks ask of it. */
record TestContext(Path folder, Goal goal, List<String> stops, List<String> said) implements HookContext {
    TestContext(Path folder, Goal goal) {
        this(folder, goal, new ArrayList<>(), new ArrayList<>());
    }

    static Evaluation evaluation(int step, double score, Example... examples) {
        return new Evaluation(
                step,
                new MetricReport(Map.of("score", score), List.of()),
                Optional.empty(),
                List.of(examples),
                List.of());
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public String configuration() {
        return "name: test\n";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("seed", "7");
    }

    @Override
    public void stop(String reason) {
        stops.add(reason);
    }

    @Override
    public void say(String line) {
        said.add(line);
    }
}
