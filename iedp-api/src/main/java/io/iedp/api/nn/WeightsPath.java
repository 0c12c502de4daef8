package io.iedp.api.nn;

import io.iedp.api.Experimental;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where weights are, as a key of an experiment file says it: a path, or the name that they have in a
 * {@link WeightStore}. Nothing is fetched before {@link #path()}.
 */
@Experimental
public final class WeightsPath {
    private final String text;
    private final Supplier<Path> place;

    private WeightsPath(String text, Supplier<Path> place) {
        this.text = Objects.requireNonNull(text);
        this.place = place;
    }

    public static WeightsPath of(Path path) {
        return new WeightsPath(path.toString(), () -> path);
    }

    /**
     * @param name in the store, without its scheme
     */
    public static WeightsPath in(WeightStore store, String name) {
        return new WeightsPath(store.scheme() + "://" + name, () -> store.locate(name));
    }

    /**
     * The file or folder, brought to disk if need be.
     *
     * @throws io.iedp.api.UserException if the store does not have it; what is at a path is not looked at
     */
    public Path path() {
        return place.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightsPath another && text.equals(another.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it is written in the experiment file. */
    @Override
    public String toString() {
        return text;
    }
}
