package io.iedp.launcher.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.google.inject.Inject;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Task;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** From pictures to predictions, through the task's protocol. */
final class Predictions {
    private final PerceptionModel model;
    private final Task task;
    private final ModelWeights weights;

    @Inject
    Predictions(PerceptionModel model, Task task, ModelWeights weights) {
        this.model = model;
        this.task = task;
        this.weights = weights;
    }

    /** Predictions for pictures of one size, which may be any. */
    List<Raster> predict(List<RgbImage> images) {
        List<Sample> bare = images.stream()
                .map(image -> new Sample("image", image, Map.of(), Map.of()))
                .toList();
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray pixels = HostBatch.of(bare).toDevice(weights.manager()).pixels();
            NDArray output = task.infer(model, pixels);
            return IntStream.range(0, images.size())
                    .mapToObj(i -> task.decode(output.get(i)))
                    .toList();
        }
    }
}
