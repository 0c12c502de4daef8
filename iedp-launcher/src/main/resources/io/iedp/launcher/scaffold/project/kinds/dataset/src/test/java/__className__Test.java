package ${package};

import io.iedp.api.data.DatasetFactory;
import io.iedp.testkit.DatasetContract;

/** The kit has what holds for every dataset; tests of what is special about this one belong here, too. */
class ${className}Test extends DatasetContract<${className}Config> {
    @Override
    protected DatasetFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(5, 2);
    }
}
