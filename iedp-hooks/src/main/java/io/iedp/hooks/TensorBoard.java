package io.iedp.hooks;

import io.iedp.api.UserException;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves, pictures and texts of a run as event files. A run that goes on begins a new file, whose first event takes back what
 * an earlier one says of later steps. What cannot be written does not end training.
 */
final class TensorBoard implements Hook {
    private final TensorBoardConfig configuration;
    private final HookContext context;
    private EventFile file;
    private boolean failed;

    TensorBoard(TensorBoardConfig configuration, HookContext context) {
        this.configuration = configuration;
        this.context = context;
    }

    /** Something that goes into the file. */
    @FunctionalInterface
    private interface Writing {
        void to(EventFile file) throws IOException;
    }

    @Override
    public void started(int step) {
        try {
            file = EventFile.create(folder());
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(folder(), e.getMessage()), e);
        }
        write(each -> {
            each.sessionStart(step + 1);
            if (step == 0) {
                StringBuilder environment = new StringBuilder("| what | value |\n|---|---|\n");
                context.environment()
                        .forEach((name, value) -> environment.append("| %s | %s |%n".formatted(name, value)));
                each.summary(
                        0,
                        List.of(
                                EventFile.text("experiment", "```\n" + context.configuration() + "```\n"),
                                EventFile.text("environment", environment.toString())));
            }
        });
    }

    @Override
    public void afterStep(StepReport step) {
        if (step.step() % configuration.every() == 0 || step.step() == 1 || step.step() == step.steps()) {
            List<Proto> values = new ArrayList<>();
            values.add(EventFile.scalar("loss/total", step.loss()));
            step.branchLosses().forEach((name, loss) -> values.add(EventFile.scalar("loss/" + name, loss)));
            values.add(EventFile.scalar("learning-rate", step.learningRate()));
            values.add(EventFile.scalar("gradient-norm", step.gradientNorm()));
            values.add(EventFile.scalar("images-per-second", step.imagesPerSecond()));
            values.add(EventFile.scalar("wait-share", step.waitShare()));
            values.add(EventFile.scalar("skipped-steps", step.skipped()));
            values.add(EventFile.scalar("resident-mib", (double) step.residentMiB()));
            write(each -> each.summary(step.step(), values));
        }
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        List<Proto> values = new ArrayList<>();
        evaluation.metrics().values().forEach((name, value) -> values.add(EventFile.scalar("metric/" + name, value)));
        evaluation
                .current()
                .ifPresent(current -> current.values()
                        .forEach((name, value) ->
                                values.add(EventFile.scalar("metric-of-current-weights/" + name, value))));
        for (Example example :
                evaluation.examples().stream().limit(configuration.samples()).toList()) {
            values.add(EventFile.image("samples/%s/image".formatted(example.name()), example.image()));
            values.add(EventFile.image("samples/%s/truth".formatted(example.name()), example.truth()));
            values.add(EventFile.image("samples/%s/prediction".formatted(example.name()), example.prediction()));
        }
        write(each -> each.summary(evaluation.step(), values));
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private Path folder() {
        return context.folder().resolve("tensorboard");
    }

    /** After a failure into a new file, since the old one may end with half an event, which readers stop at. */
    private void write(Writing writing) {
        try {
            if (file == null) {
                file = EventFile.create(folder());
            }
            writing.to(file);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                context.say("The event file cannot be written: %s; training goes on, and each event is tried anew"
                        .formatted(e.getMessage()));
            }
            failed = true;
            close();
            file = null;
        }
    }
}
