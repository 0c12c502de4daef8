package io.iedp.tasks;

import io.iedp.api.data.SampleCheck;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;

/** Makes the task {@code referring-segmentation}. */
final class ReferringSegmentationFactory implements TaskFactory<ReferringConfig> {
    @Override
    public String type() {
        return "referring-segmentation";
    }

    @Override
    public Class<ReferringConfig> configuration() {
        return ReferringConfig.class;
    }

    @Override
    public String description() {
        return "A mask of what a sentence refers to, measured by intersection over union.";
    }

    @Override
    public SampleCheck check(ReferringConfig configuration) {
        return ReferringSegmentation.CHECK;
    }

    @Override
    public Task create(ReferringConfig configuration, TaskContext context) {
        return new ReferringSegmentation(configuration, context.kernels());
    }
}
