package ${package};

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.data.TransformFactory;
import java.util.List;

/** What the jar brings. */
@ApiVersion(ApiVersion.CURRENT)
public final class ${className}Plugin implements IedpPlugin {
    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(new ${className}Factory());
    }
}
