package ${package};

import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.testkit.GuidanceContract;

/** The kit has what holds for every guidance; tests of what is special about this one belong here, too. */
class ${className}Test extends GuidanceContract<${className}Config> {
    @Override
    protected GuidanceFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(3);
    }
}
