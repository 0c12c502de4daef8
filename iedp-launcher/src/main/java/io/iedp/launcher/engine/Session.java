package io.iedp.launcher.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Task;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An experiment whose model is built and whose data is open. */
public final class Session implements AutoCloseable {
    private final TrainingData data;
    private final Assembly assembly;

    private Session(TrainingData data, Assembly assembly) {
        this.data = data;
        this.assembly = assembly;
    }

    /** Opens data and model; a sample that cannot be read stops what is done with them. */
    public static Session open(Experiment experiment) {
        return open(experiment, false);
    }

    /**
     * @param skipBad whether samples that cannot be read are passed over
     * @throws io.iedp.api.UserException if the data is missing or a component cannot work as configured
     */
    public static Session open(Experiment experiment, boolean skipBad) {
        TrainingData data = TrainingData.open(experiment, skipBad);
        try {
            Assembly assembly = Assembly.of(experiment, data);
            // What a checkpoint holds stays as it is: it is written and restored.
            assembly.lower(parameter -> parameter.role() == Parameter.Role.FROZEN && parameter.loaded());
            return new Session(data, assembly);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** What the model predicts, next to what it should. */
    public record Example(String name, RgbImage image, RgbImage truth, RgbImage prediction) {}

    /** The classes and ranges of the training data. */
    public DatasetInfo info() {
        return data.train().info();
    }

    /** How many samples of {@code data.train} and {@code data.val} were passed over so far; the log names them. */
    public Map<String, Integer> skipped() {
        return data.skipped();
    }

    /** Where it computes. */
    public String device() {
        return Devices.name(assembly.get(NDManager.class).getDevice());
    }

    public Goal goal() {
        return assembly.get(Task.class).goal();
    }

    public List<LegendEntry> legend() {
        return assembly.get(Task.class).legend();
    }

    /** Trains from the present weights; {@link Trainer#train}. */
    public MetricReport train(Optional<Path> checkpoint, Limit limit, TrainingListener listener) {
        return assembly.get(Trainer.class).train(checkpoint, limit, listener);
    }

    /** Takes the weights of a checkpoint. */
    public void restore(Path checkpoint) {
        Checkpoint.restore(checkpoint, assembly.get(ModelWeights.class));
    }

    public MetricReport evaluate(Limit limit) {
        return assembly.get(Evaluator.class).evaluate(limit);
    }

    /** The metrics of the prediction that needs no model, if the task has one. */
    public Optional<Measured> baseline(Limit limit) {
        return assembly.get(Evaluator.class).baseline(limit);
    }

    /** Validation samples, evenly spread over the data set, with their predictions as pictures. */
    public List<Example> examples(int count) {
        Task task = assembly.get(Task.class);
        Predictions model = assembly.get(Predictions.class);
        int size = data.val().size();
        return IntStream.range(0, Math.min(count, size))
                .mapToObj(i -> {
                    Sample sample = data.val().get((int) ((long) i * size / Math.min(count, size)));
                    Raster prediction = model.predict(List.of(sample)).get(0);
                    return new Example(
                            sample.name(), sample.image(), task.draw(task.truth(sample)), task.draw(prediction));
                })
                .toList();
    }

    /** Numbers by part of the model. */
    public List<ParameterSummary> parameters() {
        return ParameterSummary.of(assembly.get(ModelWeights.class).parameters());
    }

    /** What passes between the parts for the first training batch. */
    public Map<String, Shape> shapes() {
        ModelWeights weights = assembly.get(ModelWeights.class);
        try (BatchLoader batches = data.batches(1);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return assembly.get(PerceptionModel.class).shapes(batches.next().toDevice(weights.manager()));
        }
    }

    @Override
    public void close() {
        assembly.close();
        data.close();
    }
}
