package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.google.inject.Inject;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Task;
import io.iedp.engine.data.HostBatch;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import java.util.List;
import java.util.stream.IntStream;

/** From pictures to predictions, through the task's protocol. */
public final class Predictions {
    private final PerceptionModel model;
    private final Task task;
    private final ModelWeights weights;

    @Inject
    Predictions(PerceptionModel model, Task task, ModelWeights weights) {
        this.model = model;
        this.task = task;
        this.weights = weights;
    }

    /**
     * Predictions for samples of one size, which may be any. Their ground truth is not looked at, unless a branch of
     * guidance is an oracle.
     */
    public List<Raster> predict(List<Sample> samples) {
        List<Sample> seen = model.needsTruth()
                ? samples
                : samples.stream().map(Sample::withoutTargets).toList();
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray output = task.infer(model, HostBatch.of(seen).toDevice(weights.manager()));
            return IntStream.range(0, samples.size())
                    .mapToObj(i -> task.decode(output.get(i)))
                    .toList();
        }
    }
}
