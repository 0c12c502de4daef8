package example.normals;

import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.TaskFactory;
import io.iedp.testkit.Scenes;
import io.iedp.testkit.TaskContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class SurfaceNormalsTest extends TaskContract<SurfaceNormalsConfig> {
    @Override
    protected TaskFactory<SurfaceNormalsConfig> factory() {
        return new SurfaceNormalsFactory();
    }

    @Override
    protected SurfaceNormalsConfig configuration() {
        return new SurfaceNormalsConfig(0.5);
    }

    /** Floors face up, walls and boxes the camera; where there is no label, there is no direction either. */
    @Override
    protected List<Sample> samples(int count, int width, int height) {
        return Scenes.samples(count, width, height).stream()
                .map(SurfaceNormalsTest::withNormals)
                .toList();
    }

    private static Sample withNormals(Sample sample) {
        float[] labels = sample.target(Sample.LABELS).values();
        float[] normals = new float[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != Raster.IGNORE) {
                normals[(labels[i] == 1 ? 1 : 2) * labels.length + i] = 1;
            }
        }
        Map<String, Raster> targets = new HashMap<>(sample.targets());
        targets.put(
                Sample.NORMALS,
                new Raster(sample.image().width(), sample.image().height(), 3, normals, 0));
        return new Sample(sample.name(), sample.image(), targets, sample.texts());
    }
}
