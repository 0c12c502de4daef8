package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.io.image.ImageFiles;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.SimpleTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The distance of each pixel in metres, learned by its absolute error. Pixels with the distance 0 have no reading. */
final class ${className} implements SimpleTask {
    private static final String ERROR = "mean-error";

    private final ${className}Config configuration;
    private final Kernels kernels;

    ${className}(${className}Config configuration, Kernels kernels) {
        this.configuration = configuration;
        this.kernels = kernels;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        batch.samples().forEach(this::truth);
        NDArray truth = batch.target(Sample.DEPTH); // (B, H, W)
        Shape shape = truth.getShape();
        NDArray sized = kernels.resizeBilinear(output, (int) shape.get(1), (int) shape.get(2)).squeeze(1);
        NDArray counts = truth.gt(0).toType(DataType.FLOAT32, false);
        return sized.sub(truth).abs().mul(counts).sum().div(counts.sum().maximum(1));
    }

    @Override
    public Raster decode(NDArray output) {
        Shape shape = output.getShape(); // (1, H, W)
        float[] metres = output.maximum(0.001f).toType(DataType.FLOAT32, false).toFloatArray();
        return Raster.depth((int) shape.get(2), (int) shape.get(1), metres);
    }

    @Override
    public Raster truth(Sample sample) {
        Raster depth = sample.targets().get(Sample.DEPTH);
        if (depth == null) {
            throw new UserException("%s has no depth, which the task ${type} learns from; it has %s."
                    .formatted(sample.name(), sample.targets().keySet()));
        }
        return depth;
    }

    @Override
    public Metrics metrics() {
        return new MeanError();
    }

    /** The mean over all pixels that have a reading. */
    private static final class MeanError implements Metrics {
        private double sum;
        private long count;

        @Override
        public void update(Raster prediction, Raster truth) {
            for (int i = 0; i < truth.values().length; i++) {
                if (truth.values()[i] > 0) {
                    sum += Math.abs(prediction.values()[i] - truth.values()[i]);
                    count++;
                }
            }
        }

        @Override
        public MetricReport report() {
            return new MetricReport(Map.of(ERROR, count == 0 ? Double.NaN : sum / count), List.of());
        }
    }

    @Override
    public Goal goal() {
        return new Goal(ERROR, false);
    }

    @Override
    public Optional<Baseline> baseline() {
        return Optional.empty();
    }

    @Override
    public RgbImage draw(Raster raster) {
        byte[] pixels = new byte[3 * raster.width() * raster.height()];
        for (int i = 0; i < pixels.length; i++) {
            double share = raster.values()[i / 3] / configuration.white();
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        return new RgbImage(raster.width(), raster.height(), pixels);
    }

    @Override
    public RgbImage overlay(RgbImage image, Raster prediction) {
        return draw(prediction);
    }

    /** In millimetres. */
    @Override
    public void write(Raster prediction, Path file) {
        ImageFiles.writeDepth(prediction, 0.001, file);
    }

    @Override
    public List<LegendEntry> legend() {
        return List.of(new LegendEntry("0 m", 0x000000), new LegendEntry(configuration.white() + " m", 0xffffff));
    }
}
