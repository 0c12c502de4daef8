package io.iedp.engine.training;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.hook.Example;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.Advance;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Checkpoint;
import io.iedp.engine.model.Devices;
import io.iedp.engine.model.Initialized;
import io.iedp.engine.model.ObjectiveModel;
import io.iedp.engine.model.ParameterSummary;
import io.iedp.engine.model.TrainedModel;
import io.iedp.engine.model.WeightDigest;
import io.iedp.engine.run.DataDescription;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An experiment whose model is built and whose data is open. */
public final class Session implements AutoCloseable {
    private final TrainingData data;
    private final TrainedModel model;
    private final Evaluator evaluator;
    private final Map<String, String> frozen;

    private Session(TrainingData data, TrainedModel model, Map<String, String> frozen) {
        this.data = data;
        this.model = model;
        this.evaluator = Evaluator.of(model, data);
        this.frozen = frozen;
    }

    /** Opens data and model; a sample that cannot be read stops what is done with them. */
    public static Session open(Experiment experiment) {
        return open(experiment, false, false, Advance.UNHEARD);
    }

    /**
     * @param skipBad whether samples that cannot be read are passed over
     * @param fingerprints whether {@link #frozenWeights} is asked for, which reads all of them
     * @param advance hears how far evaluations are
     * @throws io.iedp.api.UserException if the data is missing or a component cannot work as configured
     */
    public static Session open(Experiment experiment, boolean skipBad, boolean fingerprints, Advance advance) {
        TrainingData data = TrainingData.open(experiment, skipBad, advance);
        try {
            TrainedModel model = TrainedModel.cached(experiment, data.train().info());
            Map<String, String> frozen =
                    fingerprints ? WeightDigest.ofFrozen(model.weights().parameters()) : Map.of();
            // What a checkpoint holds stays as it is: it is written and restored.
            model.lower(Parameter::isFrozenFromFile);
            return new Session(data, model, frozen);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** The classes and ranges of the training data. */
    public DatasetInfo info() {
        return data.train().info();
    }

    /** The size of the training samples, as the model sees them. */
    public DataDescription.Size sampleSize() {
        return data.sampleSize();
    }

    /** How many samples of {@code data.train} and {@code data.val} were passed over so far; the log names them. */
    public Map<String, Integer> skipped() {
        return data.skipped();
    }

    /** Where it trains. */
    public String device() {
        return Devices.names(data.experiment().device());
    }

    /** What the parts of the model have to say about themselves. */
    public List<String> notes() {
        return model.learner().notes();
    }

    public Goal goal() {
        return evaluator.goal();
    }

    public List<LegendEntry> legend() {
        return evaluator.legend();
    }

    /** Trains; {@link Trainer#train}. */
    public Optional<MetricReport> train(TrainingOptions options) {
        data.requireOneSize();
        return new Trainer(model, data, evaluator).train(options);
    }

    /** Takes the weights of a checkpoint. */
    public void restore(Path checkpoint) {
        Checkpoint.restore(checkpoint, model.weights(), model.kernels());
    }

    /**
     * Writes what an objective learned, in the form in which others read it.
     *
     * @param folder is made
     * @throws io.iedp.api.UserException if it cannot be written, or the experiment has no objective
     */
    public void publish(Path folder) {
        if (!(model instanceof ObjectiveModel learned)) {
            throw new UserException("%s has no objective whose weights could be published"
                    .formatted(data.experiment().name()));
        }
        learned.publish(folder);
    }

    /**
     * Takes what a file of weights has under the same names and in the same shapes.
     *
     * @throws io.iedp.api.UserException if that is nothing
     */
    public Initialized initialize(Path file) {
        try (WeightSource source = WeightFiles.open(file)) {
            return Checkpoint.initialize(source, model.weights(), model.kernels());
        }
    }

    /** SHA-256 of the frozen weights that came from files, by part of the model; empty for other parts. */
    public Map<String, String> frozenWeights() {
        return frozen;
    }

    public MetricReport evaluate(Limit limit) {
        return evaluator.evaluate(limit, new StopSignal());
    }

    /**
     * Measures the model that one branch of guidance by words guides alone, whenever else that takes part.
     *
     * @return all metrics of each such branch with each kind of prompts, and their details
     * @throws io.iedp.api.UserException if there is no such branch, or there are no such prompts
     * @throws StoppedException if all is to end
     */
    public List<MetricTable> evaluate(List<Prompts> prompts, Limit limit, StopSignal stop) {
        return prompted().tables(prompts, limit, stop);
    }

    /**
     * The kinds of prompts that can be measured.
     *
     * @throws io.iedp.api.UserException if no branch of guidance is told words about a picture
     */
    public List<Prompts> prompts() {
        return prompted().kinds();
    }

    private PromptEvaluator prompted() {
        if (!(model instanceof Assembly assembly)) {
            throw new UserException("%s learns an objective, so no guidance tells it words."
                    .formatted(data.experiment().name()));
        }
        return new PromptEvaluator(assembly, data);
    }

    /**
     * The metrics of the prediction that needs no model, if the task has one.
     *
     * @throws StoppedException if all is to end
     */
    public Optional<Measured> baseline(Limit limit, StopSignal stop) {
        return evaluator.baseline(limit, stop);
    }

    /** {@link Evaluator#examples}. */
    public List<Example> examples(int count, StopSignal stop) {
        return evaluator.examples(count, stop);
    }

    /** Numbers by part of the model. */
    public List<ParameterSummary> parameters() {
        return ParameterSummary.of(model.weights().parameters());
    }

    /** The shapes of what passes between the parts for the first training batch, of one branch where all have the same. */
    public Map<String, Shape> shapes() {
        ModelWeights weights = model.weights();
        try (BatchLoader batches = data.batches(0, 1, model.learner()::prepare);
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Map<String, Shape> shapes = new LinkedHashMap<>();
            model.learner()
                    .parts(batches.next().toDevice(weights.manager()))
                    .forEach((name, array) -> shapes.putIfAbsent(name.replaceFirst(" of .*", ""), array.getShape()));
            return shapes;
        }
    }

    @Override
    public void close() {
        model.close();
        data.close();
    }
}
