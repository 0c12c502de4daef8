package ${package};

import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;

/** Makes the task of type {@code ${type}}. */
final class ${className}Factory implements TaskFactory<${className}Config> {
    @Override
    public String type() {
        return "${type}";
    }

    @Override
    public Class<${className}Config> configuration() {
        return ${className}Config.class;
    }

    @Override
    public String description() {
        return "The distance of each pixel, learned by its absolute error.";
    }

    @Override
    public Task create(${className}Config configuration, TaskContext context) {
        return new ${className}(configuration, context.kernels());
    }
}
