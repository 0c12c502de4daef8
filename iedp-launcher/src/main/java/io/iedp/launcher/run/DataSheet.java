package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.Augmentation;
import io.iedp.io.image.ImageFiles;
import io.iedp.launcher.report.SampleGrid;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Training samples as training sees them, as one picture. */
public final class DataSheet {
    private DataSheet() {}

    private record ForTask(Kernels kernels, DatasetInfo data) implements TaskContext {}

    /**
     * Writes samples, evenly spread over the training part: the picture as it is stored, after augmentation, and the
     * target that goes with it.
     *
     * @param file a PNG file
     * @throws UserException if a sample cannot be read, or has no target for the task
     */
    public static void write(Experiment experiment, int count, Path file) {
        TorchRuntime.get();
        Augmentation augmentation = Augmentation.of(experiment);
        try (Dataset dataset = experiment.data().train().create(DataSeed.ofTraining(experiment.seed()));
                TorchKernels kernels = TorchKernels.load()) {
            Task task = experiment.model().task().create(new ForTask(kernels, dataset.info()));
            int size = dataset.size();
            List<SampleGrid.Row> rows = new ArrayList<>();
            for (int i = 0; i < Math.min(count, size); i++) {
                Sample sample = dataset.get((int) ((long) i * size / Math.min(count, size)));
                Sample changed = augmentation.apply(sample, i);
                RgbImage target = task.drawing().draw(task.measure().truth(changed));
                rows.add(new SampleGrid.Row(List.of(changed.image(), target, sample.image()), caption(changed)));
            }
            ImageFiles.writePng(
                    SampleGrid.draw(
                            List.of("as trained on", "target", "as stored"),
                            rows,
                            task.drawing().legend()),
                    file);
        }
    }

    private static String caption(Sample sample) {
        String texts = new TreeMap<>(sample.texts())
                .entrySet().stream()
                        .map(text -> text.getKey() + ": " + text.getValue())
                        .collect(Collectors.joining("; "));
        return "%s, %s x %s%s%s"
                .formatted(
                        sample.name(),
                        sample.image().width(),
                        sample.image().height(),
                        texts.isEmpty() ? "" : "; ",
                        texts);
    }
}
