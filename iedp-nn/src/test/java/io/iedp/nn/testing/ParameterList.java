package io.iedp.nn.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import java.util.Map;
import java.util.TreeMap;

/** Parameters that take no memory, so that a model can be built at full size just to see which it has. */
public final class ParameterList implements Weights {
    private final NDManager manager;
    private final String path;
    private final Map<String, Shape> shapes;

    public ParameterList(NDManager manager) {
        this(manager, "", new TreeMap<>());
    }

    private ParameterList(NDManager manager, String path, Map<String, Shape> shapes) {
        this.manager = manager;
        this.path = path;
        this.shapes = shapes;
    }

    /** All parameters so far, by full name. */
    public Map<String, Shape> shapes() {
        return shapes;
    }

    /** The number of all their values. */
    public static long count(Map<String, Shape> shapes) {
        return shapes.values().stream().mapToLong(Shape::size).sum();
    }

    @Override
    public Weights scope(String name) {
        return new ParameterList(manager, path + name + ".", shapes);
    }

    @Override
    public Weights from(WeightSource source) {
        return this;
    }

    @Override
    public Weights frozen() {
        return this;
    }

    @Override
    public NDArray parameter(String name, Shape shape, Initializer initializer) {
        if (shapes.put(path + name, shape) != null) {
            throw new IllegalStateException("There is a parameter '%s' already".formatted(path + name));
        }
        // One element that stands for all.
        return manager.create(0f).broadcast(shape);
    }

    @Override
    public NDArray buffer(String name, Shape shape, Initializer initializer) {
        return parameter(name, shape, initializer);
    }

    @Override
    public void finish() {}

    @Override
    public NDManager manager() {
        return manager;
    }
}
