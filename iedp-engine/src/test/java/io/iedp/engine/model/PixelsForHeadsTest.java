package io.iedp.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import io.iedp.api.head.Head;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.TrainingData;
import io.iedp.nn.Gradients;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heads that ask for it see the picture, with its padding, beside the features of each branch. */
class PixelsForHeadsTest {
    /** A head that keeps what it sees. */
    private record Watching(Head head, List<Features> seen) implements Head {
        @Override
        public boolean wantsPixels() {
            return true;
        }

        @Override
        public NDArray forward(Features features, boolean training) {
            seen.add(features);
            return head.forward(features, training);
        }
    }

    @ParameterizedTest
    @EnumSource(Experiment.BatchStatistics.class)
    void thePictureIsThereForEachBranch(Experiment.BatchStatistics statistics) {
        Experiment experiment = MicroExperiment.with("data.train.width=30", "data.train.height=18");
        List<Features> seen = new ArrayList<>();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info());
                BatchLoader batches = data.batches(0, 1);
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            TaskHead main = assembly.tasks().main();
            Head watching = new Watching(main.head(), seen);
            PerceptionModel model = new PerceptionModel(
                    statistics,
                    assembly.backbone(),
                    assembly.model().branches(),
                    new TaskHeads(List.of(new TaskHead("", watching, main.task(), 1))),
                    assembly.kernels());
            Batch batch = batches.next().toDevice(assembly.weights().manager());

            model.losses(batch);

            boolean joint = statistics == Experiment.BatchStatistics.JOINT;
            assertThat(seen).hasSize(joint ? 1 : 2);
            long size = batch.pixels().getShape().get(0);
            for (Features features : seen) {
                NDArray pixels = features.pixels().orElseThrow();
                assertThat(pixels.getShape()).isEqualTo(new Shape(joint ? 2 * size : size, 3, 20, 32));
                for (long first = 0; first < pixels.getShape().get(0); first += size) {
                    NDArray own = pixels.get("%s:%s".formatted(first, first + size));
                    assertThat(own.get(":, :, :18, :30")
                                    .sub(batch.pixels())
                                    .abs()
                                    .max()
                                    .getFloat())
                            .isZero();
                    assertThat(own.get(":, :, 18:").sub(0.5).abs().max().getFloat())
                            .isZero();
                }
            }
        }
    }
}
