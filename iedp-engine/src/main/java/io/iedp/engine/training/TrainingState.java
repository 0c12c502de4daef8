package io.iedp.engine.training;

import ai.djl.ndarray.NDArray;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.task.Goal;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.model.Checkpoint;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * All that the next step depends on: weights, what the optimizer keeps, the average of the weights, and counters. Learning
 * rate, samples and random numbers follow from the number of the step.
 */
final class TrainingState implements Hook {
    private final ModelWeights weights;
    private final TorchKernels kernels;
    private final GroupedOptimizer optimizer;
    private final Optional<WeightAverage> average;
    private final Goal goal;
    private int step;
    private int skipped;
    private OptionalDouble best = OptionalDouble.empty();
    private int bestStep;
    private int evaluatedStep;

    TrainingState(Experiment.Training settings, ModelWeights weights, TorchKernels kernels, Goal goal) {
        this.weights = weights;
        this.kernels = kernels;
        this.goal = goal;
        this.optimizer = Optimizers.of(settings, kernels, weights);
        this.average = settings.average() == 0
                ? Optional.empty()
                : Optional.of(new WeightAverage(kernels, weights.manager(), trained(), settings.average()));
    }

    /** The counters, as a checkpoint keeps them. */
    record Counters(int step, int skipped, int evaluatedStep, Double best, int bestStep) {
        /**
         * What cannot be.
         *
         * @param made steps, as the checkpoint's name has it
         */
        Optional<String> problem(int made) {
            if (step != made) {
                return Optional.of("its step is %s, but that of its folder %s".formatted(step, made));
            }
            return Stream.of(
                            outside("skipped", skipped),
                            outside("evaluatedStep", evaluatedStep),
                            outside("bestStep", bestStep))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private Optional<String> outside(String name, int value) {
            return value >= 0 && value <= step
                    ? Optional.empty()
                    : Optional.of("%s is %s, but must be from 0 to %s".formatted(name, value, step));
        }
    }

    GroupedOptimizer optimizer() {
        return optimizer;
    }

    Optional<WeightAverage> average() {
        return average;
    }

    int step() {
        return step;
    }

    /** Number of steps at the last evaluation, or 0. */
    int evaluatedStep() {
        return evaluatedStep;
    }

    int skipped() {
        return skipped;
    }

    @Override
    public void afterStep(StepReport report) {
        step = report.step();
        skipped = report.skipped();
        average.ifPresent(each -> each.afterStep(report));
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        evaluatedStep = evaluation.step();
        double value = evaluation.metrics().values().getOrDefault(goal.metric(), Double.NaN);
        if (!Double.isNaN(value) && (best.isEmpty() || goal.better(value, best.getAsDouble()))) {
            best = OptionalDouble.of(value);
            bestStep = evaluation.step();
        }
    }

    /** Whether the last evaluation was at this step, and the best of all. */
    boolean isBest() {
        return best.isPresent() && bestStep == step;
    }

    Counters counters() {
        return new Counters(step, skipped, evaluatedStep, best.isPresent() ? best.getAsDouble() : null, bestStep);
    }

    /** The model as a checkpoint holds it, by name. */
    Map<String, NDArray> model() {
        return Checkpoint.arrays(weights);
    }

    /** {@link #model} with averaged weights, if an average is kept. */
    Optional<Map<String, NDArray>> averagedModel() {
        return average.map(each -> {
            Map<String, NDArray> arrays = model();
            List<String> names = trainedNames();
            for (int i = 0; i < names.size(); i++) {
                arrays.put(names.get(i), each.arrays().get(i));
            }
            return arrays;
        });
    }

    /** What the optimizer keeps, by the parameter's name with the optimizer's for it before it, such as {@code mean.}. */
    Map<String, NDArray> moments() {
        IdentityHashMap<NDArray, String> names = new IdentityHashMap<>();
        weights.parameters().forEach(parameter -> names.put(parameter.array(), parameter.name()));
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (GroupedOptimizer.Kept each : optimizer.kept()) {
            String parameter = names.get(each.parameter());
            each.state().forEach((name, array) -> arrays.put(name + "." + parameter, array));
        }
        return arrays;
    }

    /**
     * Goes on from a checkpoint.
     *
     * @throws io.iedp.api.UserException listing by name what does not fit
     */
    void restore(WeightSource model, WeightSource moments, Optional<WeightSource> averaged, Counters counters) {
        Map<String, NDArray> arrays = model();
        Map<String, NDArray> kept = moments();
        Checkpoint.checkAll(model, arrays);
        Checkpoint.checkAll(moments, kept);
        average.ifPresent(each -> {
            WeightSource source = averaged.orElse(model);
            Checkpoint.checkAll(source, arrays);
            Map<String, NDArray> trained = averagedModel().orElseThrow();
            trained.keySet().retainAll(trainedNames());
            Checkpoint.read(source, trained, kernels);
            Checkpoint.requireFinite(source, trained, kernels);
        });
        Checkpoint.read(model, arrays, kernels);
        Checkpoint.requireFinite(model, arrays, kernels);
        Checkpoint.read(moments, kept, kernels);
        Checkpoint.requireFinite(moments, kept, kernels);
        step = counters.step();
        skipped = counters.skipped();
        best = counters.best() == null ? OptionalDouble.empty() : OptionalDouble.of(counters.best());
        bestStep = counters.bestStep();
        evaluatedStep = counters.evaluatedStep();
    }

    @Override
    public void close() {
        average.ifPresent(WeightAverage::close);
        optimizer.close();
    }

    private List<NDArray> trained() {
        return ofRole().stream().map(Parameter::array).toList();
    }

    private List<String> trainedNames() {
        return ofRole().stream().map(Parameter::name).toList();
    }

    private List<Parameter> ofRole() {
        List<Parameter> trained = new ArrayList<>(weights.parameters());
        trained.removeIf(parameter -> parameter.role() != Parameter.Role.TRAINED);
        return trained;
    }
}
