package example.normals;

import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;

/** Makes the task {@code example/surface-normals}. */
final class SurfaceNormalsFactory implements TaskFactory<SurfaceNormalsConfig> {
    @Override
    public String type() {
        return "example/surface-normals";
    }

    @Override
    public Class<SurfaceNormalsConfig> configuration() {
        return SurfaceNormalsConfig.class;
    }

    @Override
    public String description() {
        return "The direction that each surface faces.";
    }

    @Override
    public Task create(SurfaceNormalsConfig configuration, TaskContext context) {
        return new SurfaceNormals(configuration, context.kernels());
    }
}
