package io.iedp.api.nn;

import io.iedp.api.Experimental;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where weights are, as a key of an experiment file says it: a path, or the name that they have in a
 * {@link WeightStore}. Nothing is fetched before {@link #path()}.
 */
@Experimental
public final class WeightsPath {
    private final String text;
    private final Supplier<Path> place;
    private final Supplier<Optional<String>> missing;
    private final Supplier<String> pinned;

    private WeightsPath(
            String text, Supplier<Path> place, Supplier<Optional<String>> missing, Supplier<String> pinned) {
        this.text = Objects.requireNonNull(text);
        this.place = place;
        this.missing = missing;
        this.pinned = pinned;
    }

    public static WeightsPath of(Path path) {
        String text = path.toString();
        return new WeightsPath(text, () -> path, Optional::empty, () -> text);
    }

    /**
     * @param name in the store, without its scheme
     */
    public static WeightsPath in(WeightStore store, String name) {
        return in(store, name, Set.of());
    }

    /**
     * @param name in the store, without its scheme
     * @param parts that will be read, as {@link WeightStore#locate(String, Set)} takes them
     */
    public static WeightsPath in(WeightStore store, String name, Set<String> parts) {
        Set<String> read = Set.copyOf(parts);
        return new WeightsPath(
                store.scheme() + "://" + name,
                () -> store.locate(name, read),
                () -> store.missing(name, read),
                () -> store.scheme() + "://" + store.pinned(name));
    }

    /**
     * The file or folder, brought to disk if need be.
     *
     * @throws io.iedp.api.UserException if the store does not have it; what is at a path is not looked at
     */
    public Path path() {
        return place.get();
    }

    /**
     * What {@link #path()} would have to bring from another machine, for people; none for paths, and for what is on disk.
     *
     * @throws io.iedp.api.UserException if there can be nothing of that name
     */
    public Optional<String> missing() {
        return missing.get();
    }

    /** The text that means the same weights for good, as far as that is known: see {@link WeightStore#pinned}. */
    public String pinned() {
        return pinned.get();
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
