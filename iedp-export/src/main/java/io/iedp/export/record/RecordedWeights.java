package io.iedp.export.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;

/** Parameters whose methods are noted, too: {@code weight.mul(x)} is an operation like {@code x.mul(weight)}. */
record RecordedWeights(Recorder recorder, Weights real) implements Weights {
    private Weights of(Weights other) {
        return new RecordedWeights(recorder, other);
    }

    private NDArray of(NDArray array) {
        return RecordedArray.of(recorder, array, RecordedArray.CONSTANT);
    }

    @Override
    public Weights scope(String name) {
        return of(real.scope(name));
    }

    @Override
    public Weights from(WeightSource source) {
        return of(real.from(source));
    }

    @Override
    public Weights frozen() {
        return of(real.frozen());
    }

    @Override
    public NDArray parameter(String name, Shape shape, Initializer initializer) {
        return of(real.parameter(name, shape, initializer));
    }

    @Override
    public NDArray buffer(String name, Shape shape, Initializer initializer) {
        return of(real.buffer(name, shape, initializer));
    }

    @Override
    public void finish() {
        real.finish();
    }

    @Override
    public NDManager manager() {
        return real.manager();
    }
}
