package ${package};

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.backbone.BackboneFactory;
import java.util.List;

/** What the jar brings. */
@ApiVersion(ApiVersion.CURRENT)
public final class ${className}Plugin implements IedpPlugin {
    @Override
    public List<BackboneFactory<?>> backbones() {
        return List.of(new ${className}Factory());
    }
}
