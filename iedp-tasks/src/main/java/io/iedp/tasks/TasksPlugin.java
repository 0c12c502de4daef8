package io.iedp.tasks;

import io.iedp.api.IedpPlugin;
import io.iedp.api.task.TaskFactory;
import java.util.List;

/** Brings the tasks of this module. */
public final class TasksPlugin implements IedpPlugin {
    @Override
    public List<TaskFactory<?>> tasks() {
        return List.of(new SemanticSegmentationFactory(), new DepthFactory(), new ReferringSegmentationFactory());
    }
}
