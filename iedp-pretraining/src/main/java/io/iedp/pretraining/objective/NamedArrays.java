package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A scope of parameters that remembers those that were made in it, by the names that they have in published files. */
final class NamedArrays implements Weights {
    private final Weights weights;
    private final String path;
    private final Map<String, NDArray> arrays;

    NamedArrays(Weights weights) {
        this(weights, "", new LinkedHashMap<>());
    }

    private NamedArrays(Weights weights, String path, Map<String, NDArray> arrays) {
        this.weights = weights;
        this.path = path;
        this.arrays = arrays;
    }

    /** Those that were made so far, without buffers. */
    Map<String, NDArray> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    @Override
    public NamedArrays scope(String name) {
        return new NamedArrays(weights.scope(name), path + name + ".", arrays);
    }

    @Override
    public NamedArrays from(WeightSource source) {
        return new NamedArrays(weights.from(source), path, arrays);
    }

    @Override
    public NamedArrays frozen() {
        return new NamedArrays(weights.frozen(), path, arrays);
    }

    @Override
    public NDArray parameter(String name, Shape shape, Initializer initializer) {
        NDArray array = weights.parameter(name, shape, initializer);
        arrays.put(path + name, array);
        return array;
    }

    @Override
    public NDArray buffer(String name, Shape shape, Initializer initializer) {
        return weights.buffer(name, shape, initializer);
    }

    @Override
    public void finish() {
        weights.finish();
    }

    @Override
    public NDManager manager() {
        return weights.manager();
    }
}
