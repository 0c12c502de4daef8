package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.ForwardPass;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.Loss;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.Quantity;
import io.iedp.api.task.SimpleTask;
import io.iedp.io.image.ImageFiles;
import io.iedp.tasks.loss.CrossEntropy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what an expression refers to, {@link Sample#EXPRESSION}, which the guidance reads: a mask of it. */
final class ReferringSegmentation implements SimpleTask {
    /** Without what it asks for, it cannot learn from a sample, or be measured by it. */
    static final SampleCheck CHECK = ReferringSegmentation::problem;

    private static final List<ClassInfo> CLASSES =
            List.of(new ClassInfo("other", 0x2b2b33), new ClassInfo("referred", 0xe3127e));

    private final Kernels kernels;
    private final int size;
    private final PixelLoss loss;
    private final LabelPictures pictures;

    ReferringSegmentation(ReferringConfig configuration, Kernels kernels) {
        this.kernels = kernels;
        this.size = configuration.size();
        this.loss = new CrossEntropy(kernels, configuration.classWeights(), CrossEntropy.Averaging.VALID);
        this.pictures = new LabelPictures(CLASSES, configuration.opacity());
    }

    @Override
    public int outputs() {
        return CLASSES.size();
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        return of(batch).of(output);
    }

    @Override
    public Loss of(Batch batch) {
        batch.samples().forEach(this::truth);
        PixelLabels mask = new PixelLabels(batch.target(Sample.MASK));
        return output -> loss.of(Outputs.sized(kernels, output, mask.array()), mask);
    }

    @Override
    public NDArray infer(ForwardPass pass, Batch batch) {
        if (size == 0) {
            return pass.of(batch);
        }
        Shape shape = batch.pixels().getShape();
        NDArray logits = pass.of(batch.withPixels(kernels.resizeBilinear(batch.pixels(), size, size)));
        return kernels.resizeBilinear(logits, Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3)));
    }

    @Override
    public Raster decode(NDArray output) {
        return Outputs.best(output);
    }

    @Override
    public Quantity quantity() {
        return Quantity.classes(CLASSES);
    }

    private static Optional<String> problem(SampleOutline sample) {
        return sample.targets().contains(Sample.MASK) && sample.texts().containsKey(Sample.EXPRESSION)
                ? Optional.empty()
                : Optional.of(
                        ("%s does not have both a mask and an expression, which referring segmentation learns from and is "
                                        + "measured by; it has %s and %s.")
                                .formatted(
                                        sample.name(),
                                        sample.targets(),
                                        sample.texts().keySet()));
    }

    /**
     * @throws UserException if the sample has no mask or no expression, or its mask is not of 0 and 1
     */
    @Override
    public Raster truth(Sample sample) {
        CHECK.require(sample);
        Raster mask = sample.target(Sample.MASK);
        for (int i = 0; i < mask.values().length; i++) {
            float value = mask.values()[i];
            if (value != 0 && value != 1 && value != Raster.IGNORE) {
                throw new UserException(
                        "%s: the mask at (%s, %s) is %s, but must be 1 for what is referred to, 0 for all else, or %s."
                                .formatted(sample.name(), i % mask.width(), i / mask.width(), value, Raster.IGNORE));
            }
        }
        return mask;
    }

    @Override
    public Metrics metrics() {
        return new ReferringMetrics();
    }

    @Override
    public Goal goal() {
        return new Goal(ReferringMetrics.OVERALL_IOU, true);
    }

    @Override
    public Optional<Baseline> baseline() {
        return Optional.of(new WholePicture());
    }

    @Override
    public RgbImage draw(Raster raster) {
        return pictures.draw(raster);
    }

    /** Only what is referred to has a colour. */
    @Override
    public RgbImage overlay(RgbImage image, Raster prediction) {
        float[] shown = prediction.values().clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown[i] == 1 ? 1 : Raster.IGNORE;
        }
        return pictures.overlay(image, Raster.labels(prediction.width(), prediction.height(), shown));
    }

    @Override
    public void write(Raster prediction, Path file) {
        ImageFiles.writeLabels(prediction, file);
    }

    @Override
    public List<LegendEntry> legend() {
        return pictures.legend();
    }
}
