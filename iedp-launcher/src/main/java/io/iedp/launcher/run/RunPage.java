package io.iedp.launcher.run;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.engine.training.Measured;
import io.iedp.launcher.report.History;
import io.iedp.launcher.report.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Keeps the page of a run that goes on up to date: after each evaluation, and from time to time in between. Pages are written
 * while training goes on.
 */
final class RunPage implements Hook {
    private static final long EVERY = 60_000_000_000L;

    private final String name;
    private final PageWriter writer;
    private final Goal goal;
    private final History history;
    private final Map<String, String> environment;
    private final String configuration;
    private final String resuming;
    private List<Measured> measured = List.of();
    private List<Example> examples = List.of();
    private List<LegendEntry> legend = List.of();
    private StepReport last;
    private long start;
    private int first;
    private long written;

    /**
     * @param history is kept by someone else
     * @param resuming the command that goes on with the run
     */
    RunPage(
            String name,
            Path folder,
            Goal goal,
            History history,
            Map<String, String> environment,
            String configuration,
            String resuming) {
        this.name = name;
        this.writer = new PageWriter(report -> report.write(folder));
        this.resuming = resuming;
        this.goal = goal;
        this.history = history;
        this.environment = environment;
        this.configuration = configuration;
    }

    @Override
    public void started(int step) {
        first = step;
        start = System.nanoTime();
        write(RunReport.Stage.GOING_ON, progress());
    }

    @Override
    public void afterStep(StepReport step) {
        last = step;
        if (System.nanoTime() - written > EVERY) {
            write(RunReport.Stage.GOING_ON, progress());
        }
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        measured = List.of(new Measured("this run", evaluation.metrics()));
        examples = evaluation.examples();
        legend = evaluation.legend();
        write(RunReport.Stage.GOING_ON, progress());
    }

    private void write(RunReport.Stage stage, Map<String, String> progress) {
        written = System.nanoTime();
        writer.submit(new RunReport(
                name, goal, stage, progress, measured, history, examples, legend, environment, configuration));
    }

    /**
     * Waits until the newest page is written, whether training reached its end, failed or was interrupted. Before its end, the
     * page says that the run was stopped, in case that nothing follows.
     */
    @Override
    public void close() {
        if (last != null && last.step() < last.steps()) {
            write(
                    RunReport.Stage.STOPPED,
                    Map.of("step", "%s of %s; %s goes on".formatted(last.step(), last.steps(), resuming)));
        }
        writer.close();
    }

    private Map<String, String> progress() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (last == null) {
            facts.put("step", first == 0 ? "before the first" : first + ", from where the run goes on");
            return facts;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double left = seconds / Math.max(1, last.step() - first) * (last.steps() - last.step());
        facts.put("step", last.step() + " of " + last.steps());
        facts.put("time left", Durations.show(Duration.ofSeconds(Math.round(left))));
        facts.putAll(speed(last));
        return facts;
    }

    /** How fast the steps are made, and what they take. */
    static Map<String, String> speed(StepReport step) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("images a second", String.format(Locale.ROOT, "%.2f", step.imagesPerSecond()));
        facts.put("waiting for data", String.format(Locale.ROOT, "%.1f %% of the time", 100 * step.waitShare()));
        if (step.residentMiB() > 0) {
            facts.put("resident memory", step.residentMiB() + " MiB");
        }
        if (step.skipped() > 0) {
            facts.put("skipped steps", Integer.toString(step.skipped()));
        }
        return facts;
    }
}
