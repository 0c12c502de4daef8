package io.iedp.engine.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.api.UserException;
import io.iedp.api.data.DatasetInfo;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.model.Devices;
import io.iedp.engine.model.EncodingCache;
import io.iedp.engine.model.TrainedModel;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * The model that is trained, and copies of it on further devices. Each takes a part of every batch, all at the same time;
 * the gradients then add up in the first, which alone is updated, measured and saved. Batch normalizations take the
 * statistics of the part that their device has; the running ones are those of the first.
 */
public final class Replicas implements AutoCloseable {
    private final GradientPass first;
    private final TorchKernels kernels;
    private final List<Replica> others = new ArrayList<>();

    /** A copy, and the thread that all of its work is done on. */
    private record Replica(ExecutorService thread, TrainedModel model) implements AutoCloseable {
        static Replica on(Device device, Experiment experiment, DatasetInfo info, Optional<EncodingCache> cache) {
            ExecutorService thread = BatchLoader.workerThreads(Devices.name(device), 1);
            try {
                TrainedModel model =
                        BatchLoader.await(thread.submit(() -> TrainedModel.replica(experiment, info, device, cache)));
                model.lower(Parameter::isFrozenFromFile);
                return new Replica(thread, model);
            } catch (RuntimeException e) {
                thread.shutdownNow();
                throw e;
            }
        }

        ModelWeights weights() {
            return model.weights();
        }

        Future<GradientPass.Losses> run(HostBatch batch, double share) {
            GradientPass pass = new GradientPass(model.learner(), weights());
            return thread.submit(TorchRuntime.get().share(() -> pass.run(batch, share)));
        }

        @Override
        public void close() {
            thread.shutdown();
            model.close();
        }
    }

    /**
     * @param info of the training data
     * @param first on the first of the experiment's devices; its parameters are those that train
     * @param cache of the first; the copies share it
     * @throws UserException if a batch has fewer samples than there are devices
     */
    public Replicas(
            Experiment experiment,
            DatasetInfo info,
            GradientPass first,
            TorchKernels kernels,
            Optional<EncodingCache> cache) {
        this.first = first;
        this.kernels = kernels;
        List<Device> devices = Devices.all(experiment.device());
        if (devices.size() > experiment.training().batch()) {
            throw new UserException("training.batch is %s, but there are %s devices to share each batch: %s"
                    .formatted(experiment.training().batch(), devices.size(), Devices.names(experiment.device())));
        }
        try {
            for (Device device : devices.subList(1, devices.size())) {
                others.add(Replica.on(device, experiment, info, cache));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        List<NDArray> trained = arrays(first.weights(), Replicas::trains);
        for (Replica replica : others) {
            List<NDArray> copies = arrays(replica.weights(), Replicas::trains);
            for (int i = 0; i < copies.size(); i++) {
                copies.get(i).setRequiresGradient(trained.get(i).hasGradient());
            }
        }
        distribute(parameter -> !parameter.isFrozenFromFile());
    }

    /** The model that is trained. */
    GradientPass first() {
        return first;
    }

    TorchKernels kernels() {
        return kernels;
    }

    /** Gives all copies what training changes. */
    void distribute() {
        distribute(parameter -> parameter.role() != Parameter.Role.FROZEN);
    }

    /**
     * Forward and backward; the gradients are left where they were computed.
     *
     * @param share of the batch's mean loss that the gradients are of
     * @return the batch's losses
     */
    GradientPass.Losses pass(HostBatch batch, double share) {
        List<HostBatch> parts = batch.split(others.size() + 1);
        List<Double> weights = parts.stream()
                .map(part -> (double) part.samples().size() / batch.samples().size())
                .toList();
        List<Future<GradientPass.Losses>> running = new ArrayList<>();
        for (int i = 1; i < parts.size(); i++) {
            running.add(others.get(i - 1).run(parts.get(i), share * weights.get(i)));
        }
        GradientPass.Losses losses = GradientPass.Losses.NONE;
        try {
            losses = losses.plus(first.run(parts.get(0), share * weights.get(0)), weights.get(0));
        } finally {
            running.forEach(Replicas::settle);
        }
        for (int i = 1; i < parts.size(); i++) {
            losses = losses.plus(BatchLoader.await(running.get(i - 1)), weights.get(i));
        }
        return losses;
    }

    /** Adds the copies' gradients to those of the first. */
    void gather() {
        List<NDArray> own = arrays(first.weights(), Replicas::trains);
        Device device = first.weights().manager().getDevice();
        for (Replica replica : others) {
            List<NDArray> copies = arrays(replica.weights(), Replicas::trains);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                for (int i = 0; i < copies.size(); i++) {
                    NDArray parameter = own.get(i);
                    Gradients.of(copies.get(i))
                            .ifPresent(gradient -> Gradients.backward(parameter, gradient.toDevice(device, false)));
                }
            }
            copies.forEach(Gradients::clear);
        }
    }

    /** Forgets the gradients of all. */
    void clear() {
        arrays(first.weights(), Replicas::trains).forEach(Gradients::clear);
        others.forEach(replica -> arrays(replica.weights(), Replicas::trains).forEach(Gradients::clear));
    }

    @Override
    public void close() {
        others.forEach(Replica::close);
    }

    private void distribute(Predicate<Parameter> which) {
        List<NDArray> sources = arrays(first.weights(), which);
        others.forEach(replica -> kernels.copy(arrays(replica.weights(), which), sources));
    }

    private static boolean trains(Parameter parameter) {
        return parameter.role() == Parameter.Role.TRAINED;
    }

    private static List<NDArray> arrays(ModelWeights weights, Predicate<Parameter> which) {
        return weights.parameters().stream().filter(which).map(Parameter::array).toList();
    }

    /** Waits until it is over; what it came to is asked for later. */
    private static void settle(Future<?> future) {
        try {
            BatchLoader.await(future);
        } catch (RuntimeException e) {
            // Comes again for whoever asks for the result; if the first part failed, that is reported instead.
        }
    }
}
