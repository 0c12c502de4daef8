package io.iedp.launcher.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.ProvisionException;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Message;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The object graph of one run. */
public final class Assembly implements AutoCloseable {
    private static final Module PLAIN_KERNELS =
            binder -> binder.bind(Kernels.class).to(TorchKernels.class);

    private final Injector injector;

    private Assembly(Injector injector) {
        this.injector = injector;
    }

    /** The model, and what trains and measures it. */
    static Assembly of(Experiment experiment, TrainingData data) {
        return create(
                new ModelModule(experiment, data.train().info(), Optional.empty(), true),
                PLAIN_KERNELS,
                new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(TrainingData.class).toInstance(data);
                        bind(Evaluator.class).in(Singleton.class);
                        bind(Trainer.class).in(Singleton.class);
                    }
                });
    }

    /** A copy of the model on another device, with the experiment's cache. */
    static Assembly replica(Experiment experiment, DatasetInfo info, Device device) {
        return create(new ModelModule(experiment, info, Optional.of(device), true), PLAIN_KERNELS);
    }

    /** The model alone, for data like that which it was trained on. */
    public static Assembly of(Experiment experiment, DatasetInfo info) {
        return create(new ModelModule(experiment, info, Optional.empty(), false), PLAIN_KERNELS);
    }

    /**
     * The model alone, on kernels that are watched.
     *
     * @param watched stands between the components and the kernels
     */
    public static Assembly of(Experiment experiment, DatasetInfo info, UnaryOperator<Kernels> watched) {
        return create(new ModelModule(experiment, info, Optional.empty(), false), new AbstractModule() {
            @Provides
            @Singleton
            Kernels kernels(TorchKernels kernels) {
                return watched.apply(kernels);
            }
        });
    }

    /** The model alone, on kernels that count their operations. */
    static Assembly counting(Experiment experiment, DatasetInfo info) {
        return create(new ModelModule(experiment, info, Optional.empty(), false), new AbstractModule() {
            @Provides
            @Singleton
            FlopCounter counter(TorchKernels kernels) {
                return new FlopCounter(kernels);
            }

            @Provides
            Kernels kernels(FlopCounter counter) {
                return counter.counted();
            }
        });
    }

    /**
     * @throws UserException if a component cannot work as configured
     */
    private static Assembly create(Module... modules) {
        try {
            return new Assembly(Guice.createInjector(Stage.PRODUCTION, modules));
        } catch (CreationException e) {
            throw userError(e.getErrorMessages(), e);
        } catch (ProvisionException e) {
            throw userError(e.getErrorMessages(), e);
        }
    }

    /** A part of the model, such as the {@link PerceptionModel} or the task. */
    public <T> T get(Class<T> type) {
        return injector.getInstance(type);
    }

    /** Where frozen encoders look first, if the experiment has a cache. */
    Optional<EncodingCache> cache() {
        return injector.getInstance(Key.get(new TypeLiteral<Optional<EncodingCache>>() {}));
    }

    /** Samples of one size on the model's device. */
    public Batch batch(List<Sample> samples) {
        return HostBatch.of(samples).toDevice(get(ModelWeights.class).manager());
    }

    /**
     * Gives every parameter that came from no file the value that a source has under its name.
     *
     * @throws UserException listing by name what does not fit the model
     */
    public void fill(WeightSource source) {
        Checkpoint.fill(source, get(ModelWeights.class), get(TorchKernels.class), parameter -> !parameter.loaded());
    }

    /**
     * Brings weights that do not train (any more) to the precision that the experiment asks for. Heads stay as they are:
     * they are small, and their results are what is measured.
     */
    void lower(Predicate<Parameter> which) {
        if (get(Experiment.class).precision() == Experiment.Precision.BF16) {
            get(ModelWeights.class)
                    .toBfloat16(
                            get(TorchKernels.class),
                            which.and(parameter -> !parameter.name().matches("heads?\\..*")));
        }
    }

    @Override
    public void close() {
        get(TorchKernels.class).close();
        get(NDManager.class).close();
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
