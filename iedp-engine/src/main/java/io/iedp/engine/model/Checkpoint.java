package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The weights of a trained model as a safetensors file. Frozen weights that came from a file are left out:
 * they come from there again.
 */
public final class Checkpoint {
    private Checkpoint() {}

    /** What a checkpoint of the model holds, by name. */
    public static Map<String, NDArray> arrays(ModelWeights weights) {
        return arrays(weights, Checkpoint::belongs);
    }

    /**
     * @throws UserException listing by name what does not fit the model
     */
    public static void restore(Path file, ModelWeights weights, TorchKernels kernels) {
        restore(file, weights, kernels, name -> false);
    }

    /**
     * @param passedOver arrays of the file that the model need not have
     * @throws UserException listing by name what does not fit the model
     */
    static void restore(Path file, ModelWeights weights, TorchKernels kernels, Predicate<String> passedOver) {
        try (SafeTensors source = SafeTensors.open(file)) {
            Map<String, NDArray> wanted = arrays(weights);
            List<String> problems = differences(source, wanted);
            problems.addAll(unexpected(source, wanted, passedOver));
            refuse(source, problems);
            read(source, wanted, kernels);
            requireFinite(source, wanted, kernels);
        }
    }

    /**
     * @throws UserException naming the first array with a value that is infinite or no number
     */
    public static void requireFinite(WeightSource source, Map<String, NDArray> arrays, TorchKernels kernels) {
        arrays.forEach((name, array) -> {
            if (array.getDataType().isFloating() && !kernels.isFinite(array)) {
                throw new UserException(
                        ("%s: '%s' has values that are infinite or no numbers. Training has diverged, or the file is damaged; "
                                        + "a model with such weights predicts nothing.")
                                .formatted(source.description(), name));
            }
        });
    }

    /**
     * @param which parameters get the source's values
     * @throws UserException listing by name what does not fit the model
     */
    static void fill(WeightSource source, ModelWeights weights, TorchKernels kernels, Predicate<Parameter> which) {
        Map<String, NDArray> wanted = arrays(weights, which);
        refuse(source, differences(source, wanted));
        read(source, wanted, kernels);
    }

    /**
     * Takes what the source has under the same name and in the same shape.
     *
     * @throws UserException if that is nothing, or holds values that are no numbers
     */
    public static Initialized initialize(WeightSource source, ModelWeights weights, TorchKernels kernels) {
        Map<String, NDArray> wanted = arrays(weights);
        Map<String, NDArray> taken = new LinkedHashMap<>(wanted);
        taken.entrySet()
                .removeIf(each -> !source.shape(each.getKey())
                        .equals(Optional.of(each.getValue().getShape())));
        List<String> differences = differences(source, wanted);
        List<String> unused = unexpected(source, wanted, name -> false);
        if (taken.isEmpty()) {
            List<String> all = new ArrayList<>(differences);
            all.addAll(unused);
            throw new UserException("%s has no weights of this model:%n  %s"
                    .formatted(source.description(), String.join("%n  ".formatted(), all)));
        }
        read(source, taken, kernels);
        requireFinite(source, taken, kernels);
        return new Initialized(List.copyOf(taken.keySet()), differences, unused);
    }

    /** Writes the source's values into the arrays of the same names. */
    public static void read(WeightSource source, Map<String, NDArray> arrays, TorchKernels kernels) {
        arrays.forEach((name, array) -> {
            try (NDManager pages = array.getManager().newSubManager()) {
                kernels.copy(List.of(array), List.of(source.readFrozen(name, pages)));
            }
        });
    }

    /**
     * @throws UserException listing by name what the source lacks, has in another shape, or has besides
     */
    public static void checkAll(WeightSource source, Map<String, NDArray> wanted) {
        List<String> problems = differences(source, wanted);
        problems.addAll(unexpected(source, wanted, name -> false));
        refuse(source, problems);
    }

    private static void refuse(WeightSource source, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new UserException("%s belongs to another model; %s of its arrays do not fit:%n  %s"
                    .formatted(source.description(), problems.size(), String.join("%n  ".formatted(), problems)));
        }
    }

    private static List<String> differences(WeightSource source, Map<String, NDArray> wanted) {
        List<String> differences = new ArrayList<>();
        wanted.forEach((name, array) -> {
            Optional<Shape> stored = source.shape(name);
            Shape shape = array.getShape();
            if (stored.isEmpty()) {
                differences.add("missing:    %s %s".formatted(name, shape));
            } else if (!stored.get().equals(shape)) {
                differences.add("misshapen:  %s is %s, the model has %s".formatted(name, stored.get(), shape));
            }
        });
        return differences;
    }

    private static List<String> unexpected(
            WeightSource source, Map<String, NDArray> wanted, Predicate<String> passedOver) {
        return source.names().stream()
                .filter(name -> !wanted.containsKey(name) && !passedOver.test(name))
                .sorted()
                .map(name ->
                        "unexpected: %s %s".formatted(name, source.shape(name).orElseThrow()))
                .toList();
    }

    private static Map<String, NDArray> arrays(ModelWeights weights, Predicate<Parameter> which) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.parameters().stream()
                .filter(which)
                .forEach(parameter -> arrays.put(parameter.name(), parameter.array()));
        return arrays;
    }

    private static boolean belongs(Parameter parameter) {
        return !parameter.isFrozenFromFile();
    }
}
