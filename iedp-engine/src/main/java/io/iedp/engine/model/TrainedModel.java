package io.iedp.engine.model;

import ai.djl.Device;
import io.iedp.api.data.DatasetInfo;
import io.iedp.config.experiment.Experiment;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import java.util.Optional;
import java.util.function.Predicate;

/** All of a model that training needs, on one device. Closing it frees all of its memory. */
public sealed interface TrainedModel extends AutoCloseable permits Assembly, ObjectiveModel {
    /**
     * What the experiment trains, with the experiment's cache.
     *
     * @throws io.iedp.api.UserException if a component cannot work as configured
     */
    static TrainedModel cached(Experiment experiment, DatasetInfo info) {
        Optional<EncodingCache> cache = EncodingCache.of(experiment.cache());
        return experiment.objective().isPresent()
                ? ObjectiveModel.of(experiment, experiment.device(), info, cache)
                : Assembly.cached(experiment, info, cache);
    }

    /**
     * A copy of it on another device.
     *
     * @param cache that of the first
     */
    static TrainedModel replica(Experiment experiment, DatasetInfo info, Device device, Optional<EncodingCache> cache) {
        return experiment.objective().isPresent()
                ? ObjectiveModel.of(experiment, Devices.name(device), info, cache)
                : Assembly.replica(experiment, info, device, cache);
    }

    Learner learner();

    TorchKernels kernels();

    ModelWeights weights();

    /** Where frozen encoders look first, if the experiment has a cache. */
    Optional<EncodingCache> cache();

    /** Brings weights that do not train (any more) to the precision that the experiment asks for. */
    void lower(Predicate<Parameter> which);

    @Override
    void close();
}
