package example.normals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.SimpleTask;
import io.iedp.io.image.ImageFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Surface normals: unit vectors in the camera's axes, x to the right, y up, z towards the camera. The loss is one minus the
 * cosine of the angle between prediction and truth, averaged over the pixels that have a truth.
 */
final class SurfaceNormals implements SimpleTask {
    private static final float TINY = 1e-6f;

    private final SurfaceNormalsConfig configuration;
    private final Kernels kernels;

    SurfaceNormals(SurfaceNormalsConfig configuration, Kernels kernels) {
        this.configuration = configuration;
        this.kernels = kernels;
    }

    @Override
    public int outputs() {
        return 3;
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        batch.samples().forEach(this::truth);
        NDArray truth = batch.target(Sample.NORMALS); // (B, 3, H, W)
        Shape shape = truth.getShape();
        NDArray sized = kernels.resizeBilinear(output, (int) shape.get(2), (int) shape.get(3));
        NDArray counts = length(truth).gt(0.5f).toType(DataType.FLOAT32, false); // (B, H, W)
        NDArray cosine = unit(sized).mul(truth).sum(new int[] {1});
        return cosine.neg().add(1).mul(counts).sum().div(counts.sum().maximum(1));
    }

    /** The vectors of x (B, 3, H, W) with length 1. */
    private static NDArray unit(NDArray x) {
        return x.div(length(x).expandDims(1));
    }

    /** (B, H, W), never quite 0. */
    private static NDArray length(NDArray x) {
        return x.square().sum(new int[] {1}).add(TINY).sqrt();
    }

    @Override
    public Raster decode(NDArray output) {
        Shape shape = output.getShape(); // (3, H, W)
        float[] values =
                unit(output.expandDims(0)).toType(DataType.FLOAT32, false).toFloatArray();
        return new Raster((int) shape.get(2), (int) shape.get(1), 3, values, 0);
    }

    @Override
    public Raster truth(Sample sample) {
        Raster normals = sample.targets().get(Sample.NORMALS);
        if (normals == null || normals.channels() != 3) {
            throw new UserException(
                    "%s has no normals, which the task %s learns from; it has %s. The data set rooms makes them with 'normals: true'."
                            .formatted(
                                    sample.name(),
                                    "example/surface-normals",
                                    sample.targets().keySet()));
        }
        return normals;
    }

    @Override
    public Metrics metrics() {
        return new AngularErrors();
    }

    @Override
    public Goal goal() {
        return new Goal(AngularErrors.MEAN, false);
    }

    @Override
    public Optional<Baseline> baseline() {
        return Optional.of(new MeanDirection());
    }

    @Override
    public RgbImage draw(Raster raster) {
        return overlay(new RgbImage(raster.width(), raster.height(), new byte[3 * raster.width() * raster.height()]), raster, 1);
    }

    @Override
    public RgbImage overlay(RgbImage image, Raster prediction) {
        return overlay(image, prediction, configuration.opacity());
    }

    private static RgbImage overlay(RgbImage image, Raster normals, double opacity) {
        byte[] pixels = image.pixels().clone();
        int size = normals.width() * normals.height();
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                double color = level(normals.values()[c * size + i]);
                int old = pixels[3 * i + c] & 0xff;
                pixels[3 * i + c] = (byte) Math.round(old + opacity * (color - old));
            }
        }
        return new RgbImage(image.width(), image.height(), pixels);
    }

    private static double level(double share) {
        return 127.5 * (Math.max(-1, Math.min(1, share)) + 1);
    }

    /** As data sets have them: red, green and blue are x, y and z, from -1 at 0 to 1 at 255. */
    @Override
    public void write(Raster prediction, Path file) {
        ImageFiles.writePng(draw(prediction), file);
    }

    @Override
    public List<LegendEntry> legend() {
        return List.of(
                entry("to the right", 1, 0, 0),
                entry("to the left", -1, 0, 0),
                entry("up", 0, 1, 0),
                entry("down", 0, -1, 0),
                entry("towards the camera", 0, 0, 1));
    }

    private static LegendEntry entry(String name, double x, double y, double z) {
        return new LegendEntry(
                name, (int) Math.round(level(x)) << 16 | (int) Math.round(level(y)) << 8 | (int) Math.round(level(z)));
    }
}
