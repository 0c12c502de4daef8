package io.iedp.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.model.Learner;
import io.iedp.engine.training.StepClock.Stage;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.Scopes;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One optimizer step: forward and backward over as many batches as gradients are averaged over, then the update. Random
 * numbers follow from the seed and the number of the step, so a step can be made again. What a step with a loss or a
 * gradient that is no finite number has changed, the statistics of batch normalizations, is taken back.
 */
public final class TrainingStep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingStep.class);

    /** 2^64 over the golden ratio: seeds of neighbouring steps have little in common (Steele et al., 2014). */
    private static final long SEED_STRIDE = 0x9E3779B97F4A7C15L;

    private final TorchRuntime runtime = TorchRuntime.get();
    private final Experiment experiment;
    private final Experiment.Training settings;
    private final Learner model;
    private final ModelWeights weights;
    private final StepClock clock;
    private final TorchKernels kernels;
    private final Replicas replicas;
    private final GroupedOptimizer optimizer;
    private final BatchLoader batches;
    private final LearningRate rate;
    private final NDManager kept;
    private final List<NDArray> buffers;
    private final List<NDArray> buffersBefore;
    private int badInARow;

    /**
     * @param replicas of the model that is trained, whose clock runs the stages of each step
     * @param optimizer of that model's weights
     * @param batches to train on, one after the other
     */
    public TrainingStep(Experiment experiment, Replicas replicas, GroupedOptimizer optimizer, BatchLoader batches) {
        this.experiment = experiment;
        this.settings = experiment.training();
        this.model = replicas.first().model();
        this.weights = replicas.first().weights();
        this.clock = replicas.first().clock();
        this.kernels = replicas.kernels();
        this.replicas = replicas;
        this.optimizer = optimizer;
        this.batches = batches;
        this.rate = new LearningRate(settings);
        this.kept = weights.manager().newSubManager();
        this.buffers = weights.parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.BUFFER)
                .map(Parameter::array)
                .toList();
        this.buffersBefore = buffers.stream()
                .map(array -> Scopes.unscoped(kept.zeros(array.getShape(), array.getDataType())))
                .toList();
    }

    /** What a step came to; one that was skipped has changed nothing. */
    public record Outcome(
            double loss, Map<String, Double> branches, double learningRate, double gradientNorm, boolean skipped) {}

    /**
     * Forward and backward over all batches.
     *
     * @param bad the batch whose loss is no finite number, if one is; those after it were passed over
     */
    private record Passes(GradientPass.Losses losses, Optional<HostBatch> bad) {}

    /**
     * @param step counted from 1
     * @throws DivergedException after too many steps in a row that had to be skipped
     */
    public Outcome make(int step) {
        kernels.copy(buffersBefore, buffers);
        double learningRate = rate.at(step - 1);
        clock.run(Stage.EXCHANGE, replicas::distribute);
        Passes passes = runtime.seeded(experiment.seed() + SEED_STRIDE * step, this::passes);
        GradientPass.Losses losses = passes.losses();
        if (passes.bad().isPresent()) {
            skip(step, losses.branches(), () -> firstBadPart(passes.bad().get()));
            return new Outcome(losses.total(), losses.branches(), learningRate, Double.NaN, true);
        }
        clock.run(Stage.EXCHANGE, replicas::gather);
        double norm = clock.run(
                Stage.OPTIMIZER, () -> optimizer.step(learningRate, rate.momentum(step - 1), settings.clipNorm()));
        boolean skipped = !Double.isFinite(norm);
        if (skipped) {
            skip(step, losses.branches(), this::firstBadGradient);
        } else {
            badInARow = 0;
        }
        return new Outcome(losses.total(), losses.branches(), learningRate, norm, skipped);
    }

    /** All that draws random numbers. */
    private Passes passes() {
        double share = 1.0 / settings.accumulate();
        GradientPass.Losses losses = GradientPass.Losses.NONE;
        for (int i = 0; i < settings.accumulate(); i++) {
            HostBatch batch = clock.run(Stage.DATA, batches::next);
            losses = losses.plus(replicas.pass(batch, share), share);
            if (!losses.isFinite()) {
                for (int left = i + 1; left < settings.accumulate(); left++) {
                    batches.next();
                }
                return new Passes(losses, Optional.of(batch));
            }
        }
        return new Passes(losses, Optional.empty());
    }

    @Override
    public void close() {
        kept.close();
    }

    private void skip(int step, Map<String, Double> branches, Supplier<Optional<String>> diagnosis) {
        badInARow++;
        // A run of few steps, all of them bad, has not trained either.
        boolean stop = badInARow >= Math.min(settings.maxBadSteps(), settings.steps());
        Optional<String> bad = stop ? diagnosis.get() : Optional.empty();
        kernels.copy(buffers, buffersBefore);
        replicas.clear();
        if (stop) {
            throw new DivergedException(step, badInARow, branches, bad);
        }
        LOG.warn("step {} is skipped: its loss or gradient is no finite number; losses {}", step, branches);
    }

    /** The first weight, or else the first array between the parts of the model, that holds something else than numbers. */
    private Optional<String> firstBadPart(HostBatch batch) {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Optional<String> weight = trained().stream()
                    .filter(parameter -> !kernels.isFinite(parameter.array()))
                    .findFirst()
                    .map(parameter -> "the weight " + parameter.name());
            if (weight.isPresent()) {
                return weight;
            }
            for (Map.Entry<String, NDArray> part :
                    model.parts(batch.toDevice(weights.manager())).entrySet()) {
                if (!kernels.isFinite(part.getValue())) {
                    return Optional.of("'%s' %s, of the samples %s"
                            .formatted(
                                    part.getKey(),
                                    part.getValue().getShape(),
                                    batch.samples().stream().map(Sample::name).toList()));
                }
            }
            return Optional.empty();
        }
    }

    private Optional<String> firstBadGradient() {
        for (Parameter parameter : trained()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                if (Gradients.of(parameter.array())
                        .filter(gradient -> !kernels.isFinite(gradient))
                        .isPresent()) {
                    return Optional.of("the gradient of " + parameter.name());
                }
            }
        }
        return Optional.empty();
    }

    private List<Parameter> trained() {
        return weights.parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.TRAINED)
                .toList();
    }
}
