package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import io.iedp.nn.Bfloat16Products;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The parts that an objective trains. */
public final class ObjectiveModel implements TrainedModel, Learner {
    private static final String SCOPE = Experiment.OBJECTIVE;

    private final Experiment.Precision precision;
    private final NDManager manager;
    private final TorchKernels kernels;
    private final ModelWeights weights;
    private final Optional<EncodingCache> cache;
    private final TrainingObjective objective;
    private final Function<Batch, NDList> encoder;

    private ObjectiveModel(
            Experiment experiment,
            DatasetInfo info,
            NDManager manager,
            TorchKernels kernels,
            Optional<EncodingCache> cache) {
        this.precision = experiment.precision();
        this.manager = manager;
        this.kernels = kernels;
        this.weights = new ModelWeights(manager, experiment.seed());
        this.cache = cache;
        Kernels lowered = precision == Experiment.Precision.BF16 ? Bfloat16Products.of(kernels, kernels) : kernels;
        Component component = experiment.objective().orElseThrow();
        this.objective = component.create(
                new Context(lowered, weights.scope(SCOPE), 31 * experiment.seed() + SCOPE.hashCode(), info));
        this.encoder = cache.filter(kept -> objective.hasFrozenEncoder())
                .map(kept -> CachedEncoders.of(SCOPE, objective::encode, kept, component, info, weights, kernels))
                .orElse(objective::encode);
    }

    private record Context(Kernels kernels, Weights weights, long seed, DatasetInfo data) implements ObjectiveContext {}

    /**
     * @throws io.iedp.api.UserException if the objective cannot work as configured
     */
    static ObjectiveModel of(Experiment experiment, String device, DatasetInfo info, Optional<EncodingCache> cache) {
        NDManager manager = TorchRuntime.get().newManager(Devices.choose(device));
        TorchKernels kernels = TorchKernels.load();
        try {
            return new ObjectiveModel(experiment, info, manager, kernels, cache);
        } catch (RuntimeException | Error e) {
            kernels.close();
            manager.close();
            throw e;
        }
    }

    public TrainingObjective objective() {
        return objective;
    }

    /**
     * Writes what was learned so far in the form in which others read it.
     *
     * @param folder is made; files of these names in it are replaced
     * @throws io.iedp.api.UserException if it cannot be written
     */
    public void publish(Path folder) {
        PublishedFolder.write(objective.published(), folder, kernels);
    }

    /** What the frozen part makes of a batch, or what the cache has of it. */
    public NDList encode(Batch batch) {
        try (Gradients.Recording off = Gradients.pause()) {
            return encoder.apply(batch);
        }
    }

    @Override
    public Map<String, NDArray> losses(Batch batch) {
        return objective.losses(batch, encode(batch));
    }

    @Override
    public NDArray total(Map<String, NDArray> losses) {
        return losses.values().stream().reduce(NDArray::add).orElseThrow();
    }

    @Override
    public Map<String, NDArray> parts(Batch batch) {
        Map<String, NDArray> parts = new LinkedHashMap<>();
        parts.put("pixels", batch.pixels());
        NDList encoded = encode(batch);
        for (int i = 0; i < encoded.size(); i++) {
            parts.put("encoded " + i, encoded.get(i));
        }
        objective.losses(batch, encoded).forEach((name, loss) -> parts.put("loss " + name, loss));
        return parts;
    }

    @Override
    public List<String> notes() {
        return objective.notes();
    }

    @Override
    public Learner learner() {
        return this;
    }

    @Override
    public TorchKernels kernels() {
        return kernels;
    }

    @Override
    public ModelWeights weights() {
        return weights;
    }

    @Override
    public Optional<EncodingCache> cache() {
        return cache;
    }

    @Override
    public void lower(Predicate<Parameter> which) {
        if (precision == Experiment.Precision.BF16) {
            weights.toBfloat16(kernels, which);
        }
    }

    @Override
    public void close() {
        kernels.close();
        manager.close();
    }
}
