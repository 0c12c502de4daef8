package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.ForwardPass;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.Loss;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.Quantity;
import io.iedp.api.task.SimpleTask;
import io.iedp.api.task.inference.ShiftedWindows;
import io.iedp.io.image.ImageFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Metric depth. The loss is SILog; pictures may be predicted in windows and mirrored, and are averaged in metres, as in
 * VPD's evaluation.
 */
final class Depth implements SimpleTask {
    /** Without what it asks for, it cannot learn from a sample, or be measured by it. */
    static final SampleCheck CHECK = Depth::problem;

    /** A reading so many times beyond the largest depth is in another unit. */
    private static final double OTHER_UNIT = 10;

    private final DepthConfig configuration;
    private final Kernels kernels;
    private final DepthRange range;
    private final DepthArea area;
    private final SiLogLoss loss;
    private final ShiftedWindows windows;
    private final DepthPictures pictures;

    /**
     * @param maxDepth in metres
     */
    Depth(DepthConfig configuration, Kernels kernels, double maxDepth) {
        this.configuration = configuration;
        this.kernels = kernels;
        this.range = new DepthRange(configuration.minDepth(), maxDepth, configuration.clip());
        this.area = new DepthArea(configuration.kbCrop(), configuration.crop());
        this.loss = new SiLogLoss(configuration.lambda(), configuration.minDepth());
        this.windows = new ShiftedWindows(configuration.windows(), configuration.window());
        this.pictures = new DepthPictures(maxDepth, configuration.opacity());
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        return of(batch).of(output);
    }

    @Override
    public Loss of(Batch batch) {
        batch.samples().forEach(this::truth);
        NDArray truth = batch.target(Sample.DEPTH);
        return output -> {
            NDArray sized = Outputs.sized(kernels, output, truth);
            return loss.of(configuration.activation().logDepth(sized.squeeze(1), range.max()), truth);
        };
    }

    /**
     * @return (B, 1, H, W), metres; 0 where nothing is predicted
     */
    @Override
    public NDArray infer(ForwardPass pass, Batch batch) {
        NDArray pixels = batch.pixels();
        Shape shape = pixels.getShape();
        Area part = area.predicted(Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3)));
        if (part.height() == shape.get(2) && part.width() == shape.get(3)) {
            return windows.infer(window -> metres(pass, window), batch);
        }
        NDArray whole = pixels.getManager().zeros(new Shape(shape.get(0), 1, shape.get(2), shape.get(3)));
        Batch inside = batch.withPixels(pixels.get(part.index()));
        whole.get(part.index()).addi(windows.infer(window -> metres(pass, window), inside));
        return whole;
    }

    @Override
    public NDArray inferWhole(ForwardPass pass, Batch batch) {
        return depth(pass, batch);
    }

    @Override
    public int passes(int height, int width) {
        Area part = area.predicted(height, width);
        return windows.passes(part.height(), part.width()) * (configuration.flip() ? 2 : 1);
    }

    private NDArray metres(ForwardPass pass, Batch batch) {
        NDArray metres = depth(pass, batch);
        if (!configuration.flip()) {
            return metres;
        }
        NDArray mirrored = depth(pass, batch.withPixels(batch.pixels().flip(3)));
        return metres.add(mirrored.flip(3)).div(2);
    }

    private NDArray depth(ForwardPass pass, Batch batch) {
        return configuration.activation().depth(pass.of(batch), range.max());
    }

    @Override
    public Raster decode(NDArray output) {
        int height = Math.toIntExact(output.getShape().get(1));
        int width = Math.toIntExact(output.getShape().get(2));
        float[] metres = output.toType(DataType.FLOAT32, false).toFloatArray();
        Area part = area.predicted(height, width);
        for (int y = part.top(); y < part.bottom(); y++) {
            for (int x = part.left(); x < part.right(); x++) {
                metres[y * width + x] = range.finite(metres[y * width + x]);
            }
        }
        return Raster.depth(width, height, metres);
    }

    @Override
    public Quantity quantity() {
        return Quantity.DEPTH;
    }

    private static Optional<String> problem(SampleOutline sample) {
        return sample.targets().contains(Sample.DEPTH)
                ? Optional.empty()
                : Optional.of("%s has no depth, which the task depth learns from and is measured by; it has %s."
                        .formatted(sample.name(), sample.targets()));
    }

    /**
     * @throws UserException if the sample has no depth, or depth in another unit
     */
    @Override
    public Raster truth(Sample sample) {
        CHECK.require(sample);
        Raster depth = sample.target(Sample.DEPTH);
        for (int i = 0; i < depth.values().length; i++) {
            float reading = depth.values()[i];
            if (reading > OTHER_UNIT * range.max() && Float.isFinite(reading)) {
                throw new UserException(
                        ("%s: the depth at (%s, %s) is %s m, but max-depth is %s m. Depth must be in metres: check the "
                                        + "unit that the data set reads its files in.")
                                .formatted(sample.name(), i % depth.width(), i / depth.width(), reading, range.max()));
            }
        }
        return depth;
    }

    @Override
    public Metrics metrics() {
        return new DepthMetrics(range, area, configuration.averaging());
    }

    @Override
    public Goal goal() {
        return new Goal(DepthErrors.RMSE, false);
    }

    @Override
    public Optional<Baseline> baseline() {
        return Optional.of(new MeanDepth(range));
    }

    @Override
    public RgbImage draw(Raster raster) {
        return pictures.draw(raster);
    }

    @Override
    public RgbImage overlay(RgbImage image, Raster prediction) {
        return pictures.overlay(image, prediction);
    }

    @Override
    public void write(Raster prediction, Path file) {
        ImageFiles.writeDepth(prediction, 1 / configuration.unitsPerMetre(), file);
    }

    @Override
    public List<LegendEntry> legend() {
        return pictures.legend();
    }
}
