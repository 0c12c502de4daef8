package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.WeightSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A source under other names, without the arrays that a model has no use for. */
public final class RenamedSource implements WeightSource {
    private final WeightSource source;
    private final Map<String, String> stored = new TreeMap<>();

    /**
     * @param rename the new name for a stored one; empty leaves the array out
     */
    public RenamedSource(WeightSource source, UnaryOperator<String> rename) {
        this.source = source;
        for (String name : source.names()) {
            String renamed = rename.apply(name);
            if (!renamed.isEmpty()) {
                stored.put(renamed, name);
            }
        }
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(stored.keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(stored.get(name)).flatMap(source::shape);
    }

    @Override
    public NDArray read(String name, NDManager manager) {
        return source.read(stored.getOrDefault(name, name), manager);
    }

    @Override
    public void close() {
        source.close();
    }
}
