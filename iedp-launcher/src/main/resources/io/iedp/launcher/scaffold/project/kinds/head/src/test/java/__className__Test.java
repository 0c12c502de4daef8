package ${package};

import io.iedp.api.head.HeadFactory;
import io.iedp.testkit.HeadContract;
import java.util.Set;

/** The kit has what holds for every head; tests of what is special about this one belong here, too. */
class ${className}Test extends HeadContract<${className}Config> {
    @Override
    protected HeadFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(0.01);
    }

    /** One level will do, and any strides. */
    @Override
    protected Set<Behaviour> unsupported() {
        return Set.of();
    }
}
