package io.iedp.engine.training;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.MetricReport;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.EncodingCache;
import io.iedp.engine.model.Learner;
import io.iedp.engine.model.TrainedModel;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.Optional;

/** Trains a model: steps, evaluations in between, and hooks that hear of all. */
final class Trainer {
    private final Experiment experiment;
    private final Learner model;
    private final ModelWeights weights;
    private final TorchKernels kernels;
    private final Optional<EncodingCache> cache;
    private final TrainingData data;
    private final Evaluator evaluator;

    Trainer(TrainedModel trained, TrainingData data, Evaluator evaluator) {
        this.experiment = data.experiment();
        this.model = trained.learner();
        this.weights = trained.weights();
        this.kernels = trained.kernels();
        this.cache = trained.cache();
        this.data = data;
        this.evaluator = evaluator;
    }

    /**
     * Trains from the model's present weights, or from the newest checkpoint. The hooks are closed at the end.
     *
     * @return the metrics at the end; empty if training was interrupted before
     */
    Optional<MetricReport> train(TrainingOptions options) {
        try (Hooks hooks = new Hooks();
                TrainingState state = new TrainingState(experiment.training(), weights, kernels, evaluator.goal())) {
            hooks.add(state);
            options.hooks().values().forEach(hooks::add);
            options.checkpoints()
                    .ifPresent(checkpoints -> hooks.add(new CheckpointHook(
                            checkpoints,
                            state,
                            options.hooks(),
                            experiment.checkpoint().every(),
                            options.initialized(),
                            options.say())));
            options.checkpoints()
                    .filter(each -> options.resume())
                    .ifPresent(each -> each.restore(state, options.hooks())
                            .forEach(change -> options.say().accept("Since the checkpoint: " + change)));
            return train(options, state, hooks);
        }
    }

    private Optional<MetricReport> train(TrainingOptions options, TrainingState state, Hooks hooks) {
        Experiment.Training settings = experiment.training();
        StopSignal stop = options.stop();
        int steps = options.limit().steps(settings.steps());
        int every = experiment.evaluation().every() == 0
                ? steps
                : experiment.evaluation().every();
        int done = state.step();
        long accumulate = settings.accumulate();
        Optional<MetricReport> metrics = Optional.empty();
        if (options.checkpoints().isPresent()) {
            stop.unsaved();
        }
        try (BatchLoader batches = data.batches(done * accumulate, Math.max(done, steps) * accumulate, model::prepare);
                Replicas replicas = new Replicas(
                        experiment, data.train().info(), new GradientPass(model, weights), kernels, cache);
                TrainingStep one = new TrainingStep(experiment, replicas, state.optimizer(), batches)) {
            Throughput throughput = new Throughput(batches, settings.batch() * settings.accumulate(), done);
            hooks.each(hook -> hook.started(done));
            if (done > state.evaluatedStep() && (done % every == 0 || done >= steps)) {
                metrics = throughput.paused(() -> evaluate(state, options, hooks));
            }
            for (int step = done + 1; step <= steps && stop.reason().isEmpty(); step++) {
                int now = step;
                throughput.pause(() -> hooks.each(hook -> hook.beforeStep(now)));
                TrainingStep.Outcome outcome = one.make(step);
                TorchRuntime.get().computeThreads().news().ifPresent(options.say());
                StepReport report = report(outcome, state, throughput, step, steps);
                hooks.each(hook -> hook.afterStep(report));
                metrics = Optional.empty();
                if ((step % every == 0 || step == steps || stop.isFinish()) && !stop.isInterrupt()) {
                    metrics = throughput.paused(() -> evaluate(state, options, hooks));
                }
            }
            hooks.each(hook -> hook.ended(state.step()));
        } finally {
            stop.saved();
        }
        if (metrics.isEmpty() && !stop.isInterrupt()) {
            metrics = evaluate(state, options).map(Evaluation::metrics);
        }
        return metrics;
    }

    private static StepReport report(
            TrainingStep.Outcome outcome, TrainingState state, Throughput throughput, int step, int steps) {
        return new StepReport(
                step,
                steps,
                outcome.loss(),
                outcome.branches(),
                outcome.learningRate(),
                outcome.gradientNorm(),
                throughput.imagesPerSecond(step),
                throughput.waitShare(),
                state.skipped() + (outcome.skipped() ? 1 : 0),
                ResidentMemory.mebibytes());
    }

    private Optional<MetricReport> evaluate(TrainingState state, TrainingOptions options, Hooks hooks) {
        Optional<Evaluation> evaluation = evaluate(state, options);
        evaluation.ifPresent(known -> hooks.each(hook -> hook.evaluated(known)));
        return evaluation.map(Evaluation::metrics);
    }

    /** Empty if it was interrupted: whoever goes on makes it again. */
    private Optional<Evaluation> evaluate(TrainingState state, TrainingOptions options) {
        try {
            MetricReport current = evaluator.evaluate(options.limit(), options.stop());
            if (state.average().isEmpty()) {
                return Optional.of(evaluation(state, options, current, Optional.empty()));
            }
            return Optional.of(state.average()
                    .get()
                    .within(() -> evaluation(
                            state,
                            options,
                            evaluator.evaluate(options.limit(), options.stop()),
                            Optional.of(current))));
        } catch (StoppedException e) {
            return Optional.empty();
        }
    }

    private Evaluation evaluation(
            TrainingState state, TrainingOptions options, MetricReport metrics, Optional<MetricReport> current) {
        return new Evaluation(
                state.step(),
                metrics,
                current,
                evaluator.examples(experiment.report().samples(), options.stop()),
                evaluator.legend());
    }
}
