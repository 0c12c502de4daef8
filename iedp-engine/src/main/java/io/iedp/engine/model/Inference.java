package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import com.google.inject.Inject;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Protocol;
import io.iedp.engine.data.HostBatch;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From pictures to predictions, through the tasks' protocols. */
public final class Inference {
    private final PerceptionModel model;
    private final TaskHeads tasks;
    private final ModelWeights weights;

    @Inject
    Inference(PerceptionModel model, TaskHeads tasks, ModelWeights weights) {
        this.model = model;
        this.tasks = tasks;
        this.weights = weights;
    }

    /** The same model, which one branch of guidance alone guides. */
    public Inference guidedBy(String branch) {
        return new Inference(model.guidedBy(branch), tasks, weights);
    }

    /**
     * Predictions for samples of one size, which may be any. Their ground truth is not looked at, unless a branch of
     * guidance is an oracle.
     *
     * @return for each sample, the predictions by the tasks' names
     */
    public List<Map<String, Raster>> predict(List<Sample> samples) {
        List<Sample> seen = model.needsTruth()
                ? samples
                : samples.stream().map(Sample::withoutTargets).toList();
        HostBatch onHost = HostBatch.of(seen);
        List<Map<String, Raster>> predictions = Stream.<Map<String, Raster>>generate(LinkedHashMap::new)
                .limit(samples.size())
                .toList();
        onHost.infer(weights, batch -> {
            try (SharedPass pass = new SharedPass(model, tasks.heads(), batch)) {
                for (TaskHead head : tasks.heads()) {
                    Protocol protocol = head.task().protocol();
                    NDArray output = Scopes.keep(() -> protocol.infer(pass.of(head), batch));
                    for (int i = 0; i < predictions.size(); i++) {
                        predictions.get(i).put(head.name(), protocol.decode(output.get(i)));
                    }
                }
            }
        });
        return predictions;
    }
}
