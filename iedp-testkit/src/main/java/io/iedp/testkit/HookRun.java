package io.iedp.testkit;

import io.iedp.api.data.RgbImage;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training run without training: what hooks are told of, and what they ask for and say. */
public final class HookRun implements HookContext {
    private final Path folder;
    private final Goal goal;
    private final List<String> stops = Collections.synchronizedList(new ArrayList<>());
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    /** A run that is judged by the metric {@code score}, of which more is better. */
    public HookRun(Path folder) {
        this(folder, new Goal("score", true));
    }

    public HookRun(Path folder, Goal goal) {
        this.folder = folder;
        this.goal = goal;
    }

    /** A step whose numbers depend on its own alone. */
    public static StepReport step(int step, int steps) {
        return step(step, steps, 1.0 / step);
    }

    public static StepReport step(int step, int steps, double loss) {
        return new StepReport(step, steps, loss, Map.of("implicit", loss), 1e-3, 2 * loss, 3, 0.25, 0, 100);
    }

    /** An evaluation that found this value of {@code score}. */
    public static Evaluation evaluation(int step, double score, Example... examples) {
        return new Evaluation(
                step,
                new MetricReport(Map.of("score", score), List.of()),
                Optional.empty(),
                List.of(examples),
                List.of());
    }

    /** A validation sample that was predicted as it is. */
    public static Example example() {
        RgbImage image = Scenes.sample(1, 8, 6).image();
        return new Example("scene-1", image, image, image);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Goal goal() {
        return goal;
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

    /** The reasons for which the run was to end. */
    public List<String> stops() {
        return List.copyOf(stops);
    }

    /** The lines for the user. */
    public List<String> said() {
        return List.copyOf(said);
    }
}
