package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.config.Chosen;
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
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.inference.SlidingWindow;
import io.iedp.api.task.inference.Views;
import io.iedp.io.image.ImageFiles;
import io.iedp.tasks.loss.CrossEntropy;
import io.iedp.tasks.loss.LossFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One class a pixel. The loss is of the logits, brought to the labels' size; the metric is the mean intersection over
 * union. Larger pictures are predicted in overlapping windows whose logits are averaged, as mmsegmentation's slide mode
 * does.
 */
final class SemanticSegmentation implements SimpleTask {
    /** Without what it asks for, it cannot learn from a sample, or be measured by it. */
    static final SampleCheck CHECK = SemanticSegmentation::problem;

    private final Kernels kernels;
    private final List<ClassInfo> classes;
    private final List<PixelLoss> losses;
    private final List<PixelLoss> auxiliaryLosses;
    private final SlidingWindow window;
    private final Views views;
    private final LabelPictures pictures;

    SemanticSegmentation(SemanticSegmentationConfig configuration, TaskContext context) {
        this.kernels = context.kernels();
        this.classes = context.data().classes();
        this.losses =
                configuration.loss().isEmpty() ? weighed(configuration, kernels) : made(configuration.loss(), context);
        this.auxiliaryLosses =
                configuration.auxiliaryLoss().isEmpty() ? losses : made(configuration.auxiliaryLoss(), context);
        this.window = new SlidingWindow(configuration.window(), configuration.stride());
        this.views = new Views(kernels, configuration.resize(), configuration.scales(), configuration.flip());
        this.pictures = new LabelPictures(classes, configuration.opacity());
    }

    private static List<PixelLoss> made(List<Chosen<TaskContext, PixelLoss>> chosen, TaskContext context) {
        return chosen.stream().map(each -> each.make(context)).toList();
    }

    /** Those that have a key for their weight. */
    private static List<PixelLoss> weighed(SemanticSegmentationConfig configuration, Kernels kernels) {
        return Stream.of(
                        new Term(
                                configuration.crossEntropyWeight(),
                                new CrossEntropy(kernels, configuration.classWeights(), configuration.averaging())),
                        new Term(configuration.lovaszWeight(), LossFactory.lovasz()),
                        new Term(configuration.diceWeight(), LossFactory.softDice()))
                .filter(term -> term.weight > 0)
                .map(term -> LossFactory.times(term.weight, term.loss))
                .toList();
    }

    private record Term(double weight, PixelLoss loss) {}

    @Override
    public int outputs() {
        return classes.size();
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        return of(batch).of(output);
    }

    @Override
    public Loss of(Batch batch) {
        batch.samples().forEach(this::truth);
        PixelLabels labels = new PixelLabels(batch.target(Sample.LABELS));
        return new Loss() {
            @Override
            public NDArray of(NDArray output) {
                return sum(losses, output, labels);
            }

            @Override
            public NDArray ofAuxiliary(NDArray output) {
                return sum(auxiliaryLosses, output, labels);
            }
        };
    }

    private NDArray sum(List<PixelLoss> all, NDArray output, PixelLabels labels) {
        NDArray logits = Outputs.sized(kernels, output, labels.array());
        return all.stream()
                .map(loss -> loss.of(logits, labels))
                .reduce(NDArray::add)
                .orElseThrow();
    }

    @Override
    public NDArray infer(ForwardPass pass, Batch batch) {
        return views.infer(view -> window.infer(pass, view), batch);
    }

    @Override
    public int passes(int height, int width) {
        return views.passes(height, width, window::passes);
    }

    @Override
    public Raster decode(NDArray output) {
        return Outputs.best(output);
    }

    @Override
    public Quantity quantity() {
        return Quantity.classes(classes);
    }

    private static Optional<String> problem(SampleOutline sample) {
        return sample.targets().contains(Sample.LABELS)
                ? Optional.empty()
                : Optional.of("%s has no labels, which semantic segmentation learns from and is measured by; it has %s."
                        .formatted(sample.name(), sample.targets()));
    }

    /**
     * @throws UserException if a label is neither one of the classes nor {@link Raster#IGNORE}
     */
    @Override
    public Raster truth(Sample sample) {
        CHECK.require(sample);
        Raster labels = sample.target(Sample.LABELS);
        float[] values = labels.values();
        for (int i = 0; i < values.length; i++) {
            int label = (int) values[i];
            if (label != values[i] || label < 0 || label >= classes.size() && label != Raster.IGNORE) {
                throw new UserException(
                        "%s: the label at (%s, %s) is %s, but the classes are 0 to %s, and %s is ignored."
                                .formatted(
                                        sample.name(),
                                        i % labels.width(),
                                        i / labels.width(),
                                        label == values[i] ? String.valueOf(label) : String.valueOf(values[i]),
                                        classes.size() - 1,
                                        Raster.IGNORE));
            }
        }
        return labels;
    }

    @Override
    public Metrics metrics() {
        return new SegmentationMetrics(classes.stream().map(ClassInfo::name).toList());
    }

    @Override
    public Goal goal() {
        return new Goal(SegmentationMetrics.MEAN_IOU, true);
    }

    @Override
    public Optional<Baseline> baseline() {
        return Optional.of(new MajorityClass(classes.size()));
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
        ImageFiles.writeLabels(
                prediction, classes.stream().map(ClassInfo::color).toList(), file);
    }

    @Override
    public List<LegendEntry> legend() {
        return pictures.legend();
    }
}
