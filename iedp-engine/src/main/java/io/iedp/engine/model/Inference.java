package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.inject.Inject;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.ForwardPass;
import io.iedp.api.task.Protocol;
import io.iedp.engine.PredictionCost;
import io.iedp.engine.data.HostBatch;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Scopes;
import io.iedp.nn.TorchKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From pictures to predictions, through the tasks' protocols. */
public final class Inference {
    /** A quarter of a gibibyte of 32-bit numbers. */
    private static final long MOST_VALUES = 1L << 26;

    private final PerceptionModel model;
    private final TaskHeads tasks;
    private final ModelWeights weights;
    private final TorchKernels kernels;
    private final WorkingSize size;

    @Inject
    Inference(PerceptionModel model, TaskHeads tasks, ModelWeights weights, TorchKernels kernels) {
        this(model, tasks, weights, kernels, WorkingSize.ANY);
    }

    private Inference(
            PerceptionModel model, TaskHeads tasks, ModelWeights weights, TorchKernels kernels, WorkingSize size) {
        this.model = model;
        this.tasks = tasks;
        this.weights = weights;
        this.kernels = kernels;
        this.size = size;
    }

    /** The same model, which sees larger pictures shrunk. */
    public Inference at(WorkingSize other) {
        return new Inference(model, tasks, weights, kernels, other);
    }

    /** The same model, which one branch of guidance alone guides. */
    public Inference guidedBy(String branch) {
        return new Inference(model.guidedBy(branch), tasks, weights, kernels, size);
    }

    /** What a picture of that size takes. */
    public PredictionCost cost(int width, int height) {
        double scale = size.scale(width, height);
        int shownWidth = WorkingSize.scaled(width, scale);
        int shownHeight = WorkingSize.scaled(height, scale);
        int passes = 0;
        int outputs = 0;
        for (TaskHead head : tasks.heads()) {
            passes += head.task().protocol().passes(shownHeight, shownWidth);
            outputs = Math.max(outputs, head.task().objective().outputs());
        }
        return new PredictionCost(shownWidth, shownHeight, passes, 4L * outputs * shownHeight * shownWidth);
    }

    /**
     * Predictions for samples of one size, which may be any. Their ground truth is not looked at, unless a branch of
     * guidance is an oracle.
     *
     * @return for each sample, the predictions by the tasks' names
     */
    public List<Map<String, Raster>> predict(List<Sample> samples) {
        return predict(samples, () -> {});
    }

    /**
     * @param passed is called after each pass, as many times as {@link #cost} says
     */
    public List<Map<String, Raster>> predict(List<Sample> samples, Runnable passed) {
        List<Sample> seen = model.needsTruth()
                ? samples
                : samples.stream().map(Sample::withoutTargets).toList();
        HostBatch onHost = HostBatch.of(seen);
        List<Map<String, Raster>> predictions = Stream.<Map<String, Raster>>generate(LinkedHashMap::new)
                .limit(samples.size())
                .toList();
        onHost.infer(weights, batch -> {
            Batch shown = shrunk(batch);
            try (SharedPass pass = new SharedPass(model, tasks.heads(), shown)) {
                for (TaskHead head : tasks.heads()) {
                    Protocol protocol = head.task().protocol();
                    ForwardPass heard = asked -> {
                        NDArray output = pass.of(head).of(asked);
                        passed.run();
                        return output;
                    };
                    NDArray output = Scopes.keep(() -> protocol.infer(heard, shown));
                    for (int i = 0; i < predictions.size(); i++) {
                        predictions
                                .get(i)
                                .put(
                                        head.name(),
                                        decode(
                                                protocol,
                                                output,
                                                i,
                                                batch.pixels().getShape()));
                    }
                }
            }
        });
        return predictions;
    }

    private Batch shrunk(Batch batch) {
        int height = Math.toIntExact(batch.pixels().getShape().get(2));
        int width = Math.toIntExact(batch.pixels().getShape().get(3));
        double scale = size.scale(width, height);
        return scale == 1
                ? batch
                : batch.withPixels(kernels.resizeBicubic(
                                batch.pixels(), WorkingSize.scaled(height, scale), WorkingSize.scaled(width, scale))
                        .clip(0, 1));
    }

    /** Enlarging what the prediction is made from gives smoother borders than enlarging the prediction, but takes more memory. */
    private Raster decode(Protocol protocol, NDArray outputs, int index, Shape pictures) {
        int height = Math.toIntExact(pictures.get(2));
        int width = Math.toIntExact(pictures.get(3));
        Shape shape = outputs.getShape();
        if (shape.get(2) == height && shape.get(3) == width) {
            return protocol.decode(outputs.get(index));
        }
        double room = Math.sqrt((double) MOST_VALUES / shape.get(1) / height / width);
        int enlargedHeight = Math.max(Math.toIntExact(shape.get(2)), (int) (height * Math.min(1, room)));
        int enlargedWidth = Math.max(Math.toIntExact(shape.get(3)), (int) (width * Math.min(1, room)));
        NDArray enlarged = kernels.resizeBilinear(outputs.get(index).expandDims(0), enlargedHeight, enlargedWidth);
        return protocol.decode(enlarged.get(0)).nearest(width, height);
    }
}
