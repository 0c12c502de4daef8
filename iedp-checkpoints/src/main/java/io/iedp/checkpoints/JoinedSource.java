package io.iedp.checkpoints;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.files.StoredArray;
import io.iedp.nn.files.StoredSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Parts of one file as one source; it closes none of them. */
final class JoinedSource implements StoredSource {
    private final String description;
    private final Map<String, Part> arrays;

    private record Part(StoredSource source, String name) {}

    private JoinedSource(String description, Map<String, Part> arrays) {
        this.description = description;
        this.arrays = arrays;
    }

    /**
     * @param parts by what comes before the names in each
     */
    static JoinedSource of(String description, Map<String, StoredSource> parts) {
        Map<String, Part> arrays = new TreeMap<>();
        parts.forEach((prefix, source) ->
                source.names().forEach(name -> arrays.put(prefix + name, new Part(source, name))));
        return new JoinedSource(description, arrays);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(arrays.keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(arrays.get(name))
                .flatMap(part -> part.source().shape(part.name()));
    }

    @Override
    public StoredArray stored(String name) {
        Part part = arrays.get(name);
        if (part == null) {
            throw new UserException("%s has no array '%s'".formatted(description, name));
        }
        return part.source().stored(part.name());
    }

    @Override
    public void close() {}
}
