package io.iedp.engine.model;

import io.iedp.api.data.Raster;
import io.iedp.api.task.Baseline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** For each task, the prediction that needs no model. */
public final class TaskBaselines {
    private final Map<String, Baseline> baselines;

    private TaskBaselines(Map<String, Baseline> baselines) {
        this.baselines = baselines;
    }

    static Optional<TaskBaselines> of(List<TaskHead> heads) {
        Map<String, Baseline> baselines = new LinkedHashMap<>();
        heads.forEach(each -> each.task().measure().baseline().ifPresent(own -> baselines.put(each.name(), own)));
        return baselines.size() < heads.size() ? Optional.empty() : Optional.of(new TaskBaselines(baselines));
    }

    public String name() {
        return baselines.values().stream().map(Baseline::name).collect(Collectors.joining(", "));
    }

    /** Learns from the ground truths of one training sample. */
    public void observe(Map<String, Raster> truths) {
        baselines.forEach((task, each) -> each.observe(truths.get(task)));
    }

    public Map<String, Raster> predict(int width, int height) {
        Map<String, Raster> predictions = new LinkedHashMap<>();
        baselines.forEach((task, each) -> predictions.put(task, each.predict(width, height)));
        return predictions;
    }
}
