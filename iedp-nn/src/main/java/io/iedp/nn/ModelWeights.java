package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All parameters of a model, by full name, in the order of their creation. Initial values depend on the
 * seed and the parameter's name alone, so a change in one part of a model leaves the others as they were.
 */
public final class ModelWeights implements Weights {
    private final Registry registry;
    private final String path;
    private final boolean frozen;
    private final Optional<Loading> loading;

    /** The arrays of a whole model and what they begin as. */
    private record Registry(NDManager manager, Start start, Map<String, Parameter> parameters) {}

    /** Makes the first values of a parameter. */
    private interface Start {
        NDArray values(String name, Shape shape, Initializer initializer);
    }

    /**
     * An empty model, to be trained.
     *
     * @param manager owns the parameters
     */
    public ModelWeights(NDManager manager, long seed) {
        this(manager, (name, shape, initializer) -> initial(manager, seed, name, shape, initializer));
    }

    private ModelWeights(NDManager manager, Start start) {
        this(new Registry(manager, start, new LinkedHashMap<>()), "", false, Optional.empty());
    }

    /**
     * An empty model whose values will all come from files: nothing is initialized, so it draws no random numbers and waits
     * for nobody who does. Parameters that were not made {@linkplain #from from a source} have no defined values until
     * a checkpoint is read.
     *
     * @param manager owns the parameters
     */
    public static ModelWeights blank(NDManager manager) {
        return new ModelWeights(manager, (name, shape, initializer) -> manager.create(shape, DataType.FLOAT32));
    }

    private ModelWeights(Registry registry, String path, boolean frozen, Optional<Loading> loading) {
        this.registry = registry;
        this.path = path;
        this.frozen = frozen;
        this.loading = loading;
    }

    /** How many numbers all of them have. */
    public long count() {
        return parameters().stream().mapToLong(Parameter::size).sum();
    }

    /** The parameters of the whole model, whichever scope is asked. */
    public Collection<Parameter> parameters() {
        return Collections.unmodifiableCollection(registry.parameters.values());
    }

    /**
     * Stores matrices and convolutions in bfloat16; what is computed with them then is bfloat16 too. Vectors, such as
     * those of norms, keep 32 bits. The arrays must not be read or written any more, only computed with.
     *
     * @param which of the parameters, none of which trains any more
     */
    public void toBfloat16(TorchKernels kernels, Predicate<Parameter> which) {
        try (Gradients.Recording off = Gradients.pause()) {
            matrices(which).forEach(array -> halve(kernels, array));
        }
    }

    /**
     * Lets matrices and convolutions take the layout that the processor computes with fastest, each at its first use. The
     * arrays must not be read or written any more, only computed with, and no gradient passes through them.
     *
     * @param which of the parameters, none of which anything but linear layers and convolutions uses
     */
    public void pack(TorchKernels kernels, Predicate<Parameter> which) {
        matrices(which)
                .filter(array -> !array.getDevice().isGpu())
                .forEach(array -> kernels.packAtFirstUse(array, packed -> replace(array, packed)));
    }

    /** Matrices and convolutions among the parameters. */
    private Stream<NDArray> matrices(Predicate<Parameter> which) {
        return registry.parameters.values().stream()
                .filter(parameter -> parameter.role() != Parameter.Role.BUFFER)
                .filter(parameter -> parameter.array().getShape().dimension() >= 2)
                .filter(which)
                .map(Parameter::array);
    }

    private void halve(TorchKernels kernels, NDArray array) {
        NDArray half = kernels.bfloat16(array);
        if (array.getShape().dimension() == 4) {
            try (NDArray rows = half) {
                half = kernels.channelsLast(rows);
            }
        }
        replace(array, half);
    }

    /** Gives an array the memory of another, and frees its own, with the pages of the file that it was read from. */
    private void replace(NDArray array, NDArray other) {
        NDScope.unregister(other);
        array.intern(other);
        NDManager pages = array.getManager();
        if (pages != registry.manager) {
            array.attach(registry.manager);
            pages.close();
        }
    }

    @Override
    public Weights scope(String name) {
        return new ModelWeights(registry, path + name + ".", frozen, loading);
    }

    @Override
    public Weights from(WeightSource source) {
        return new ModelWeights(registry, path, frozen, Optional.of(new Loading(source, path)));
    }

    @Override
    public Weights frozen() {
        return new ModelWeights(registry, path, true, loading);
    }

    @Override
    public NDArray parameter(String name, Shape shape, Initializer initializer) {
        return create(name, shape, initializer, frozen ? Parameter.Role.FROZEN : Parameter.Role.TRAINED);
    }

    @Override
    public NDArray buffer(String name, Shape shape, Initializer initializer) {
        return create(name, shape, initializer, Parameter.Role.BUFFER);
    }

    @Override
    public NDManager manager() {
        return registry.manager;
    }

    @Override
    public void finish() {
        loading.ifPresent(Loading::check);
    }

    private NDArray create(String name, Shape shape, Initializer initializer, Parameter.Role role) {
        String full = path + name;
        if (registry.parameters.containsKey(full)) {
            throw new IllegalStateException("The model has a parameter '%s' already".formatted(full));
        }
        NDArray array = loading.map(from -> from.load(full, shape, registry.manager, role == Parameter.Role.FROZEN))
                .orElseGet(() -> registry.start.values(full, shape, initializer));
        NDScope.unregister(array);
        if (role == Parameter.Role.TRAINED) {
            array.setRequiresGradient(true);
        }
        registry.parameters.put(full, new Parameter(full, array, role, loading.isPresent()));
        return array;
    }

    private static NDArray initial(NDManager manager, long seed, String name, Shape shape, Initializer initializer) {
        Supplier<NDArray> make = () -> initializer.initialize(manager, shape, DataType.FLOAT32);
        return isConstant(initializer)
                ? make.get()
                : TorchRuntime.get().seeded(seed * 1_000_003L + name.hashCode(), make);
    }

    /** Known to draw nothing, so that it need not wait for others' work. */
    private static boolean isConstant(Initializer initializer) {
        return initializer instanceof ConstantInitializer
                || initializer == Initializer.ZEROS
                || initializer == Initializer.ONES;
    }
}
