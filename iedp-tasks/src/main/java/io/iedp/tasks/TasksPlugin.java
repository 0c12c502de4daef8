package io.iedp.tasks;

import io.iedp.api.IedpPlugin;
import io.iedp.api.loss.PixelLossFactory;
import io.iedp.api.task.TaskFactory;
import io.iedp.tasks.loss.LossFactory;
import java.util.List;

/** Brings the tasks of this module. */
public final class TasksPlugin implements IedpPlugin {
    @Override
    public List<PixelLossFactory<?>> losses() {
        return LossFactory.all();
    }

    @Override
    public List<TaskFactory<?>> tasks() {
        return List.of(new SemanticSegmentationFactory(), new DepthFactory(), new ReferringSegmentationFactory());
    }
}
