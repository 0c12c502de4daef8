package ${package};

import io.iedp.api.task.TaskFactory;
import io.iedp.testkit.TaskContract;

/** The kit has what holds for every task; tests of what is special about this one belong here, too. */
class ${className}Test extends TaskContract<${className}Config> {
    @Override
    protected TaskFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(10);
    }
}
