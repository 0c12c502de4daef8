package ${package};

import io.iedp.api.backbone.BackboneFactory;
import io.iedp.testkit.BackboneContract;
import java.util.Set;

/** The kit has what holds for every backbone; tests of what is special about this one belong here, too. */
class ${className}Test extends BackboneContract<${className}Config> {
    @Override
    protected BackboneFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(4);
    }

    /** There is no cross-attention here; the kit checks that this is said. */
    @Override
    protected Set<Behaviour> unsupported() {
        return Set.of(Behaviour.ATTENTION_MAPS);
    }
}
