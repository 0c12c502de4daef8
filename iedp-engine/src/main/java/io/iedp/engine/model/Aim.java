package io.iedp.engine.model;

import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.head.Head;
import io.iedp.api.task.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One thing that a model learns to predict from the shared features.
 *
 * @param name of a further task; empty for the main one
 * @param weight the factor of its loss
 */
public record Aim(String name, Head head, Task task, double weight) {
    /** All aims of a model, the main one first. */
    public record All(List<Aim> aims) {
        public All {
            aims = List.copyOf(aims);
        }

        public Aim main() {
            return aims.get(0);
        }

        /** The one task, or all of them as one. */
        Task task() {
            return aims.size() == 1 ? aims.get(0).task : new JointTask(aims);
        }

        /**
         * The attention maps that any of the heads wants.
         *
         * @throws UserException if they want maps of different kinds
         */
        AttentionRequest attention() {
            List<AttentionRequest> requests = aims.stream()
                    .map(aim -> aim.head.attention())
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
    }
}
