package io.iedp.engine.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.WeightSource;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.experiment.ModelSpec;
import io.iedp.engine.data.HostBatch;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The parts of one model, wired: what an experiment chose, on one device. Closing it frees all of its memory. */
public final class Assembly implements TrainedModel {
    private final ModelSpec spec;
    private final NDManager manager;
    private final TorchKernels kernels;
    private final ModelWeights weights;
    private final Optional<EncodingCache> cache;
    private final Backbone backbone;
    private final TaskHeads tasks;
    private final PerceptionModel model;
    private final Inference predictions;

    @Inject
    Assembly(
            ModelSpec spec,
            NDManager manager,
            TorchKernels kernels,
            ModelWeights weights,
            Optional<EncodingCache> cache,
            Backbone backbone,
            TaskHeads tasks,
            PerceptionModel model,
            Inference predictions) {
        this.spec = spec;
        this.manager = manager;
        this.kernels = kernels;
        this.weights = weights;
        this.cache = cache;
        this.backbone = backbone;
        this.tasks = tasks;
        this.model = model;
        this.predictions = predictions;
    }

    /** The model with the experiment's cache, to train and to measure it. */
    public static Assembly cached(Experiment experiment, DatasetInfo info) {
        return cached(experiment, info, EncodingCache.of(experiment.cache()));
    }

    static Assembly cached(Experiment experiment, DatasetInfo info, Optional<EncodingCache> cache) {
        return create(ModelModule.of(experiment, info).withCache(cache));
    }

    /**
     * A copy of the model on another device.
     *
     * @param cache that of the first
     */
    static Assembly replica(Experiment experiment, DatasetInfo info, Device device, Optional<EncodingCache> cache) {
        return create(ModelModule.of(experiment, info).on(Devices.name(device)).withCache(cache));
    }

    /** The model alone, for data like that which it was trained on. */
    public static Assembly of(Experiment experiment, DatasetInfo info) {
        return of(experiment, info, kernels -> kernels);
    }

    /**
     * The model alone, on kernels that are watched.
     *
     * @param decorator stands between the components and what they compute with
     */
    public static Assembly of(Experiment experiment, DatasetInfo info, ModelWatch decorator) {
        return create(ModelModule.of(experiment, info).decorated(decorator));
    }

    /**
     * The model that predicts, with the weights that the experiment names, on kernels that are watched, for the classes of its
     * data, which need not be there; in 32 bits.
     *
     * @param decorator stands between the components and what they compute with
     */
    public static Assembly untrained(Experiment experiment, ModelWatch decorator) {
        ModelSpec inference = InferenceBranches.of(experiment.model()).precision(Experiment.Precision.FP32);
        return create(
                ModelModule.drawn(inference, BuildData.of(experiment).info()).decorated(decorator));
    }

    /**
     * The model with the weights of a checkpoint, and without the branches that take part in training alone.
     *
     * @param info of the data that it was trained on
     * @throws UserException if the checkpoint is missing or belongs to another model
     */
    public static Assembly trained(ModelSpec spec, DatasetInfo info, Path checkpoint) {
        Assembly assembly = trained(spec, info, checkpoint, kernels -> kernels);
        assembly.pack();
        return assembly;
    }

    /**
     * The same on kernels that are watched.
     *
     * @param decorator stands between the components and what they compute with
     */
    public static Assembly trained(ModelSpec spec, DatasetInfo info, Path checkpoint, ModelWatch decorator) {
        ModelSpec inference = InferenceBranches.of(spec);
        Assembly assembly = create(ModelModule.of(inference, info).decorated(decorator));
        try {
            Set<String> leftOut = new HashSet<>(spec.guidance().keySet());
            leftOut.removeAll(inference.guidance().keySet());
            Checkpoint.restore(
                    checkpoint,
                    assembly.weights,
                    assembly.kernels,
                    name -> leftOut.stream().anyMatch(branch -> name.startsWith("guidance." + branch + ".")));
            assembly.lower(parameter -> true);
            return assembly;
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
    }

    /**
     * @throws UserException if a component cannot work as configured
     */
    private static Assembly create(ModelModule module) {
        try {
            return Guice.createInjector(Stage.PRODUCTION, module).getInstance(Assembly.class);
        } catch (CreationException e) {
            module.release();
            throw userError(e.getErrorMessages(), e);
        } catch (ProvisionException e) {
            module.release();
            throw userError(e.getErrorMessages(), e);
        }
    }

    /** Owns the model's arrays. */
    public NDManager manager() {
        return manager;
    }

    @Override
    public TorchKernels kernels() {
        return kernels;
    }

    @Override
    public ModelWeights weights() {
        return weights;
    }

    public Backbone backbone() {
        return backbone;
    }

    /** What the model predicts, the main task first. */
    public TaskHeads tasks() {
        return tasks;
    }

    public PerceptionModel model() {
        return model;
    }

    @Override
    public Learner learner() {
        return model;
    }

    public Inference predictions() {
        return predictions;
    }

    @Override
    public Optional<EncodingCache> cache() {
        return cache;
    }

    /**
     * Closes a model that cannot do something without the ground truth, since its guidance is an oracle.
     *
     * @param consequence what it can do and what not, as a sentence
     * @throws UserException if it is
     */
    public void requireNoOracle(String consequence) {
        if (model.needsTruth()) {
            close();
            throw new UserException(
                    "The guidance of this run is an oracle: it makes its embeddings from the ground truth, "
                            + "which a picture alone does not have. " + consequence);
        }
    }

    /** Samples of one size on the model's device. */
    public Batch batch(List<Sample> samples) {
        return HostBatch.of(samples).toDevice(manager);
    }

    /**
     * Gives every parameter that came from no file the value that a source has under its name.
     *
     * @throws UserException listing by name what does not fit the model
     */
    public void fill(WeightSource source) {
        Checkpoint.fill(source, weights, kernels, parameter -> !parameter.loaded());
    }

    /**
     * Brings weights that do not train (any more) to the precision that the experiment asks for. Heads stay as they are:
     * they are small, and their results are what is measured.
     */
    @Override
    public void lower(Predicate<Parameter> which) {
        if (spec.precision() == Experiment.Precision.BF16) {
            weights.toBfloat16(kernels, which.and(parameter -> !parameter.name().matches("heads?\\..*")));
        }
    }

    /**
     * Lets the weights of IEDP's own components take the layout that the processor computes with fastest. From then on the
     * model only predicts. What plugins do with their weights is not known; those stay as they are.
     */
    public void pack() {
        Set<String> own = new HashSet<>();
        if (isOwn(spec.backbone())) {
            own.add("backbone.");
        }
        spec.guidance().forEach((name, branch) -> {
            if (isOwn(branch)) {
                own.add("guidance." + name + ".");
            }
        });
        weights.pack(kernels, parameter -> own.stream().anyMatch(parameter.name()::startsWith));
    }

    /** Names with a slash are a third party's. */
    private static boolean isOwn(Component component) {
        return component.type().indexOf('/') < 0;
    }

    @Override
    public void close() {
        kernels.close();
        manager.close();
    }

    /** What a component said to the user, without the injector's words around it. */
    private static RuntimeException userError(Collection<Message> messages, RuntimeException failure) {
        return messages.stream()
                .map(Message::getCause)
                .filter(UserException.class::isInstance)
                .map(RuntimeException.class::cast)
                .findFirst()
                .orElse(failure);
    }
}
