package io.iedp.launcher.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
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
final class Checkpoint {
    private Checkpoint() {}

    /**
     * @throws UserException if the file cannot be written
     */
    static void save(Path file, ModelWeights weights, int step) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.parameters().stream()
                .filter(Checkpoint::belongs)
                .forEach(parameter -> arrays.put(parameter.name(), parameter.array()));
        try {
            SafeTensorsWriter.write(file, arrays, Map.of("format", "iedp", "step", Integer.toString(step)));
        } catch (IOException e) {
            throw new UserException("The checkpoint %s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * @throws UserException listing by name what does not fit the model
     */
    static void restore(Path file, ModelWeights weights) {
        try (SafeTensors source = SafeTensors.open(file)) {
            fill(source, weights, Checkpoint::belongs);
        }
    }

    /**
     * @param which parameters get the source's values
     * @throws UserException listing by name what does not fit the model
     */
    static void fill(WeightSource source, ModelWeights weights, Predicate<Parameter> which) {
        try (Gradients.Recording off = Gradients.pause()) {
            List<Parameter> wanted = weights.parameters().stream().filter(which).toList();
            check(source, wanted);
            for (Parameter parameter : wanted) {
                try (NDManager pages = weights.manager().newSubManager()) {
                    parameter.array().set(new NDIndex("..."), source.readFrozen(parameter.name(), pages));
                }
            }
        }
    }

    private static boolean belongs(Parameter parameter) {
        return parameter.role() != Parameter.Role.FROZEN || !parameter.loaded();
    }

    private static void check(WeightSource source, List<Parameter> wanted) {
        List<String> problems = new ArrayList<>();
        for (Parameter parameter : wanted) {
            Optional<Shape> stored = source.shape(parameter.name());
            Shape shape = parameter.array().getShape();
            if (stored.isEmpty()) {
                problems.add("missing:   %s %s".formatted(parameter.name(), shape));
            } else if (!stored.get().equals(shape)) {
                problems.add("misshapen: %s is %s, the model has %s".formatted(parameter.name(), stored.get(), shape));
            }
        }
        if (!problems.isEmpty()) {
            throw new UserException("%s belongs to another model; %d of its arrays do not fit:%n  %s"
                    .formatted(source.description(), problems.size(), String.join("%n  ".formatted(), problems)));
        }
    }
}
