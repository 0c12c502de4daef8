package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.io.text.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Fills a scope of a model from a source and keeps account of what does not fit. */
final class Loading {
    /** How many names of each kind are listed. */
    private static final int LISTED = 20;

    private final WeightSource source;
    private final String root;
    private final Set<String> used = new HashSet<>();
    private final Map<String, Shape> missing = new TreeMap<>();
    private final Map<String, Shape> misshapen = new TreeMap<>();

    /**
     * @param root the scope that the source's names are relative to
     */
    Loading(WeightSource source, String root) {
        this.source = source;
        this.root = root;
    }

    /**
     * The values of a parameter. Once something does not fit, nothing more is read, as the model will be refused:
     * the arrays then are of one element that stands for all.
     *
     * @param full the parameter's full name
     * @param frozen whether the array is never written to; it gets a manager of its own then, which may keep pages of
     *     the file
     */
    NDArray load(String full, Shape shape, NDManager manager, boolean frozen) {
        String name = full.substring(root.length());
        used.add(name);
        Optional<Shape> stored = source.shape(name);
        if (stored.isEmpty()) {
            missing.put(name, shape);
        } else if (!stored.get().equals(shape)) {
            misshapen.put(name, shape);
        }
        if (!missing.isEmpty() || !misshapen.isEmpty()) {
            return manager.create(0f).broadcast(shape);
        }
        return frozen ? source.readFrozen(name, manager.newSubManager()) : source.read(name, manager);
    }

    /**
     * @throws UserException listing by name what is missing, misshapen or was not asked for
     */
    void check() {
        List<String> unexpected = source.names().stream()
                .filter(name -> !used.contains(name))
                .sorted()
                .toList();
        int problems = missing.size() + misshapen.size() + unexpected.size();
        if (problems == 0) {
            return;
        }
        List<String> lines = new ArrayList<>();
        list(lines, "missing", missing.keySet(), name -> name + " " + missing.get(name) + meant(name, unexpected));
        list(
                lines,
                "misshapen",
                misshapen.keySet(),
                name -> "%s is %s, the model has %s"
                        .formatted(name, source.shape(name).orElseThrow(), misshapen.get(name)));
        list(
                lines,
                "unexpected",
                unexpected,
                name -> name + " " + source.shape(name).orElseThrow());
        throw new UserException(
                "%s does not hold this model's weights; %s arrays do not fit (%s missing, %s misshapen, %s unexpected):%n  %s"
                        .formatted(
                                source.description(),
                                problems,
                                missing.size(),
                                misshapen.size(),
                                unexpected.size(),
                                String.join("%n  ".formatted(), lines)));
    }

    private static void list(
            List<String> lines, String kind, Collection<String> names, UnaryOperator<String> describe) {
        String line = "%-11s %s";
        names.stream().limit(LISTED).forEach(name -> lines.add(line.formatted(kind + ":", describe.apply(name))));
        if (names.size() > LISTED) {
            lines.add(line.formatted(kind + ":", "... and %s more".formatted(names.size() - LISTED)));
        }
    }

    /** The unexpected name that a missing one may stand under: of the same shape and nearly the same letters. */
    private String meant(String name, List<String> unexpected) {
        record Near(String name, int distance) {}
        return unexpected.stream()
                .filter(other -> source.shape(other).equals(Optional.of(missing.get(name))))
                .map(other -> new Near(other, EditDistance.between(name, other)))
                .filter(near -> near.distance() <= name.length() / 3)
                .min(Comparator.comparingInt(Near::distance))
                .map(near -> ", perhaps '%s'".formatted(near.name()))
                .orElse("");
    }
}
