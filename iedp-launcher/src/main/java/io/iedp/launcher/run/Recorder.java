package io.iedp.launcher.run;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.SavedCheckpoint;
import io.iedp.api.hook.StepReport;
import io.iedp.engine.run.RunFolder;
import io.iedp.launcher.report.History;
import io.iedp.launcher.report.RunTables;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what happens in training: in memory for the report, on disk, in the log, and on the screen. */
final class Recorder implements Hook {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final History history;
    private final RunTables tables;
    private final Progress progress;
    private final int logEvery;
    private final Consumer<String> say;
    private StepReport last;

    Recorder(RunFolder folder, History history, Progress progress, int logEvery, Consumer<String> say) {
        this.history = history;
        this.tables = new RunTables(folder.path());
        this.progress = progress;
        this.logEvery = logEvery;
        this.say = say;
    }

    /** The last step that was made here, if there was one. */
    Optional<StepReport> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public void started(int step) {
        tables.keep(step, history);
        if (step > 0) {
            say.accept("Going on after step " + step);
        }
    }

    @Override
    public void afterStep(StepReport step) {
        last = step;
        history.stepped(step);
        tables.stepped(step);
        progress.stepped("training", step, logEvery);
        if (step.step() % logEvery == 0 || step.step() == step.steps()) {
            LOG.info(
                    "step {}/{} loss {} {} rate {} gradient {} images/s {} waiting {} skipped {} resident {} MiB",
                    step.step(),
                    step.steps(),
                    step.loss(),
                    step.branchLosses(),
                    step.learningRate(),
                    step.gradientNorm(),
                    step.imagesPerSecond(),
                    step.waitShare(),
                    step.skipped(),
                    step.residentMiB());
        }
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        history.evaluated(evaluation.step(), RunTables.values(evaluation));
        tables.evaluated(evaluation);
        StringBuilder line = new StringBuilder("step " + evaluation.step() + ":");
        RunTables.values(evaluation)
                .forEach((name, value) -> line.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
        say.accept(line.toString());
    }

    @Override
    public void saved(SavedCheckpoint checkpoint) {
        LOG.info("checkpoint {}{}", checkpoint.folder(), checkpoint.best() ? ", the best so far" : "");
    }
}
