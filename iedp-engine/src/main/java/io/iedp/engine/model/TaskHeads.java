package io.iedp.engine.model;

import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Goal;
import io.iedp.api.task.Task;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All heads of a model with their tasks, the main one first. Predictions and ground truths of a picture are maps by the
 * tasks' names, in this order.
 */
public record TaskHeads(List<TaskHead> heads) {
    public TaskHeads {
        heads = List.copyOf(heads);
    }

    public TaskHead main() {
        return heads.get(0);
    }

    /** The metric of the main task, which decides which weights are best. */
    public Goal goal() {
        return main().task().measure().goal();
    }

    /**
     * The ground truths of a sample.
     *
     * @throws UserException if a task has none
     */
    public Map<String, Raster> truth(Sample sample) {
        return each(task -> task.measure().truth(sample));
    }

    /**
     * Adds to a sample what the losses of all tasks need.
     *
     * @throws UserException if a task adds a target that the data or another task has given the sample already
     */
    Sample prepare(Sample sample) {
        Map<String, Raster> targets = new HashMap<>(sample.targets());
        for (TaskHead head : heads) {
            head.task().objective().prepare(sample).targets().forEach((name, target) -> {
                if (!targets.merge(name, target, (first, second) -> first).equals(target)) {
                    throw new UserException(
                            ("%s gets the target '%s' twice: the task%s adds what the data, or another task, has added before. "
                                            + "What a task adds needs a name of its own, which tells its settings where they count.")
                                    .formatted(
                                            sample.name(),
                                            name,
                                            head.name().isEmpty() ? "" : " '" + head.name() + "'"));
                }
            });
        }
        return new Sample(sample.name(), sample.image(), targets, sample.texts());
    }

    public TaskMetrics metrics() {
        return new TaskMetrics(heads);
    }

    /** The prediction that needs no model, if all tasks have one. */
    public Optional<TaskBaselines> baseline() {
        return TaskBaselines.of(heads);
    }

    public TaskPictures pictures() {
        return new TaskPictures(heads);
    }

    /**
     * The attention maps that any of the heads wants.
     *
     * @throws UserException if they want maps of different kinds
     */
    AttentionRequest attention() {
        List<AttentionRequest> requests = heads.stream()
                .map(each -> each.head().attention())
                .filter(request -> !request.strides().isEmpty())
                .toList();
        if (requests.isEmpty()) {
            return AttentionRequest.NONE;
        }
        Set<Integer> strides = new LinkedHashSet<>();
        AttentionRequest first = requests.get(0);
        for (AttentionRequest request : requests) {
            if (!request.parts().equals(first.parts()) || request.byHead() != first.byHead()) {
                throw new UserException(
                        "The heads share the attention maps of one pass, so all must want them of the same parts: %s and %s"
                                .formatted(first.parts(), request.parts()));
            }
            strides.addAll(request.strides());
        }
        return new AttentionRequest(strides, first.parts(), first.byHead());
    }

    private <T> Map<String, T> each(Function<Task, T> of) {
        Map<String, T> all = new LinkedHashMap<>();
        heads.forEach(each -> all.put(each.name(), of.apply(each.task())));
        return all;
    }
}
