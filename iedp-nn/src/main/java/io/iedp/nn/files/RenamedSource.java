package io.iedp.nn.files;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A source under other names, without the arrays that a model has no use for. */
public final class RenamedSource implements StoredSource {
    private final StoredSource source;
    private final Map<String, Origin> origins = new TreeMap<>();

    private record Origin(String stored, ArrayConversion change) {}

    /** A new name for an array, or for a part of it. */
    public record Renamed(String name, ArrayConversion change) {
        public Renamed(String name) {
            this(name, ArrayConversion.NONE);
        }
    }

    private RenamedSource(StoredSource source) {
        this.source = source;
    }

    /**
     * @param rename the new name for a stored one; empty leaves the array out
     * @throws UserException if two arrays get one name
     */
    public RenamedSource(StoredSource source, UnaryOperator<String> rename) {
        this(source);
        for (String stored : source.names()) {
            String renamed = rename.apply(stored);
            if (!renamed.isEmpty()) {
                put(stored, new Renamed(renamed));
            }
        }
    }

    /**
     * @param rename what becomes of a stored name: any number of new ones
     * @throws UserException if two arrays get one name
     */
    public static RenamedSource of(StoredSource source, Function<String, List<Renamed>> rename) {
        RenamedSource renamed = new RenamedSource(source);
        source.names().forEach(stored -> rename.apply(stored).forEach(each -> renamed.put(stored, each)));
        return renamed;
    }

    /** The arrays whose names pass. */
    public static RenamedSource only(StoredSource source, Predicate<String> wanted) {
        return new RenamedSource(source, name -> wanted.test(name) ? name : "");
    }

    private void put(String stored, Renamed renamed) {
        Origin before = origins.put(renamed.name(), new Origin(stored, renamed.change()));
        if (before != null) {
            throw new UserException("%s has two arrays for '%s': '%s' and '%s'"
                    .formatted(description(), renamed.name(), before.stored(), stored));
        }
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(origins.keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(origins.get(name))
                .flatMap(origin -> source.shape(origin.stored()).map(origin.change()::shape));
    }

    @Override
    public StoredArray stored(String name) {
        Origin origin = origins.get(name);
        if (origin == null) {
            throw new UserException("%s has no array '%s'".formatted(description(), name));
        }
        return origin.change().apply(source.stored(origin.stored()));
    }

    @Override
    public void close() {
        source.close();
    }
}
