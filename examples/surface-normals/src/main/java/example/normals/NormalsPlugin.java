package example.normals;

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.head.HeadFactory;
import io.iedp.api.task.TaskFactory;
import java.util.List;

/** Brings the task and its head. */
@ApiVersion(ApiVersion.CURRENT)
public final class NormalsPlugin implements IedpPlugin {
    @Override
    public List<TaskFactory<?>> tasks() {
        return List.of(new SurfaceNormalsFactory());
    }

    @Override
    public List<HeadFactory<?>> heads() {
        return List.of(new FusionHeadFactory());
    }
}
