package io.iedp.launcher.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.google.inject.Inject;
import io.iedp.api.task.MetricReport;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.nn.AdamW;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Torch;
import io.iedp.nn.TorchKernels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Trains a model: one optimizer step a batch, evaluations and checkpoints in between. */
final class Trainer {
    private final Experiment experiment;
    private final PerceptionModel model;
    private final ModelWeights weights;
    private final TorchKernels kernels;
    private final TrainingData data;
    private final Evaluator evaluator;

    @Inject
    Trainer(
            Experiment experiment,
            PerceptionModel model,
            ModelWeights weights,
            TorchKernels kernels,
            TrainingData data,
            Evaluator evaluator) {
        this.experiment = experiment;
        this.model = model;
        this.weights = weights;
        this.kernels = kernels;
        this.data = data;
        this.evaluator = evaluator;
    }

    /**
     * Trains from the model's present weights.
     *
     * @param checkpoint written at each evaluation, if wanted
     * @param limit the largest number of steps, and of samples in an evaluation
     * @return the metrics at the end
     */
    MetricReport train(Optional<Path> checkpoint, Limit limit, TrainingListener listener) {
        Experiment.Training settings = experiment.training();
        LearningRate rate = new LearningRate(settings);
        int steps = limit.steps(settings.steps());
        int every = experiment.evaluation().every() == 0
                ? steps
                : experiment.evaluation().every();
        Torch.seed(experiment.seed());
        try (BatchLoader batches = data.batches(steps);
                AdamW optimizer =
                        new AdamW(kernels, weights.manager(), ParameterGroups.of(settings, weights.parameters()))) {
            MetricReport metrics = null;
            Throughput throughput = new Throughput(batches, settings.batch());
            for (int step = 1; step <= steps; step++) {
                Losses losses = step(batches.next(), step);
                double norm = optimizer.step(rate.at(step - 1), settings.clipNorm());
                listener.stepped(new StepReport(
                        step,
                        steps,
                        losses.total,
                        losses.branches,
                        rate.at(step - 1),
                        norm,
                        throughput.imagesPerSecond(step),
                        throughput.waitShare()));
                if (step % every == 0 || step == steps) {
                    metrics = throughput.paused(() -> evaluator.evaluate(limit));
                    if (checkpoint.isPresent()) {
                        Checkpoint.save(checkpoint.get(), weights, step);
                    }
                    listener.evaluated(step, metrics);
                }
            }
            return metrics;
        }
    }

    private record Losses(double total, Map<String, Double> branches) {}

    /** Forward and backward; the gradients are left with the parameters. */
    private Losses step(HostBatch batch, int step) {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            Map<String, NDArray> losses = model.losses(batch.toDevice(weights.manager()));
            NDArray total = model.total(losses);
            Map<String, Double> branches = new LinkedHashMap<>();
            losses.forEach((name, loss) -> branches.put(name, (double) loss.getFloat()));
            double value = total.getFloat();
            if (!Double.isFinite(value)) {
                throw new DivergedException(step, branches);
            }
            Gradients.backward(total);
            return new Losses(value, branches);
        }
    }
}
