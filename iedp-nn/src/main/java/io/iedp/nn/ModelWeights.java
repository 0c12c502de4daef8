package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All parameters of a model, by full name, in the order of their creation. Initial values depend on the
 * seed and the parameter's name alone, so a change in one part of a model leaves the others as they were.
 */
public final class ModelWeights implements Weights {
    private final Registry registry;
    private final String path;
    private final boolean frozen;
    private final Optional<Loading> loading;

    /** The arrays of a whole model and where its random values come from. */
    private record Registry(NDManager manager, long seed, Map<String, Parameter> parameters) {}

    /** A source, the scope that its names are relative to, and what went wrong so far. */
    private record Loading(WeightSource source, String root, TreeSet<String> used, List<String> problems) {}

    /**
     * An empty model.
     *
     * @param manager owns the parameters
     */
    public ModelWeights(NDManager manager, long seed) {
        this(new Registry(manager, seed, new LinkedHashMap<>()), "", false, Optional.empty());
    }

    private ModelWeights(Registry registry, String path, boolean frozen, Optional<Loading> loading) {
        this.registry = registry;
        this.path = path;
        this.frozen = frozen;
        this.loading = loading;
    }

    /** The parameters of the whole model, whichever scope is asked. */
    public Collection<Parameter> parameters() {
        return Collections.unmodifiableCollection(registry.parameters.values());
    }

    @Override
    public Weights scope(String name) {
        return new ModelWeights(registry, path + name + ".", frozen, loading);
    }

    @Override
    public Weights from(WeightSource source) {
        return new ModelWeights(
                registry, path, frozen, Optional.of(new Loading(source, path, new TreeSet<>(), new ArrayList<>())));
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
        loading.ifPresent(ModelWeights::check);
    }

    private NDArray create(String name, Shape shape, Initializer initializer, Parameter.Role role) {
        String full = path + name;
        if (registry.parameters.containsKey(full)) {
            throw new IllegalStateException("The model has a parameter '%s' already".formatted(full));
        }
        Optional<NDArray> loaded = loading.flatMap(from -> load(from, full, shape));
        NDArray array = loaded.orElseGet(() -> initial(full, shape, initializer));
        NDScope.unregister(array);
        if (role == Parameter.Role.TRAINED) {
            array.setRequiresGradient(true);
        }
        registry.parameters.put(full, new Parameter(full, array, role, loaded.isPresent()));
        return array;
    }

    private NDArray initial(String name, Shape shape, Initializer initializer) {
        Torch.seed(registry.seed * 1_000_003L + name.hashCode());
        return initializer.initialize(registry.manager, shape, DataType.FLOAT32);
    }

    private Optional<NDArray> load(Loading from, String full, Shape shape) {
        String name = full.substring(from.root.length());
        from.used.add(name);
        Optional<Shape> stored = from.source.shape(name);
        if (stored.isEmpty()) {
            from.problems.add("missing:    %s %s".formatted(name, shape));
            return Optional.empty();
        }
        if (!stored.get().equals(shape)) {
            from.problems.add("misshapen:  %s is %s, the model has %s".formatted(name, stored.get(), shape));
            return Optional.empty();
        }
        return Optional.of(from.source.read(name, registry.manager));
    }

    private static void check(Loading from) {
        List<String> problems = new ArrayList<>(from.problems);
        from.source.names().stream()
                .filter(name -> !from.used.contains(name))
                .sorted()
                .forEach(name -> problems.add("unexpected: %s %s"
                        .formatted(name, from.source.shape(name).orElseThrow())));
        if (!problems.isEmpty()) {
            throw new UserException("%s does not hold this model's weights; %d of its arrays do not fit:%n  %s"
                    .formatted(from.source.description(), problems.size(), String.join("%n  ".formatted(), problems)));
        }
    }
}
