package ${package};

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.guidance.GuidanceFactory;
import java.util.List;

/** What the jar brings. */
@ApiVersion(ApiVersion.CURRENT)
public final class ${className}Plugin implements IedpPlugin {
    @Override
    public List<GuidanceFactory<?>> guidance() {
        return List.of(new ${className}Factory());
    }
}
