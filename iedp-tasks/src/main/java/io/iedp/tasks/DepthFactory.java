package io.iedp.tasks;

import io.iedp.api.UserException;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;

/** Makes the task {@code depth}. */
final class DepthFactory implements TaskFactory<DepthConfig> {
    private static final int LEVELS = 65535;

    @Override
    public String type() {
        return "depth";
    }

    @Override
    public Class<DepthConfig> configuration() {
        return DepthConfig.class;
    }

    @Override
    public String description() {
        return "Depth in metres, learned by SILog and measured by the root mean square error.";
    }

    @Override
    public SampleCheck check(DepthConfig configuration) {
        return Depth.CHECK;
    }

    @Override
    public Task create(DepthConfig configuration, TaskContext context) {
        double ofData = context.data().maxDepth();
        if (ofData == 0) {
            throw new UserException(
                    "The task depth needs depth to learn from, but the training data has none. Choose data with depth, "
                            + "or say where the data set has it.");
        }
        double max = configuration.maxDepth() == 0 ? ofData : configuration.maxDepth();
        if (max <= configuration.minDepth()) {
            throw new UserException("min-depth is %s m, but the depth of the training data ends at %s m."
                    .formatted(configuration.minDepth(), max));
        }
        if (max * configuration.unitsPerMetre() > LEVELS) {
            throw new UserException(
                    "units-per-metre is %s, but 16-bit files end at %s: up to %s m, it can be at most %s."
                            .formatted(configuration.unitsPerMetre(), LEVELS, max, LEVELS / max));
        }
        return new Depth(configuration, context.kernels(), max);
    }
}
