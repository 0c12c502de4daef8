package io.iedp.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
    @Test
    void whatIsMeasuredOnWasNotTrainedOn() {
        try (TrainingData data = TrainingData.open(MicroExperiment.with("data.val.start=0"));
                TrainingData again = TrainingData.open(MicroExperiment.with("data.val.start=0"))) {
            for (int i = 0; i < data.val().size(); i++) {
                assertThat(pixels(data.val(), i))
                        .isNotEqualTo(pixels(data.train(), i))
                        .isEqualTo(pixels(again.val(), i));
            }
        }
    }

    private static byte[] pixels(Dataset dataset, int index) {
        return dataset.get(index).image().pixels();
    }

    private record Named(String... classes) implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    Arrays.stream(classes).map(name -> new ClassInfo(name, 0)).toList(), 0);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Sample get(int index) {
            throw new AssertionError("Nothing is read");
        }
    }

    private static Samples samples(String part, String... classes) {
        return new Samples(part, new Named(classes), sample -> Optional.empty(), false);
    }

    private static TrainingData data(Samples val) {
        Experiment experiment = MicroExperiment.with();
        return new TrainingData(
                experiment, samples("data.train", "wall", "floor"), val, Augmentation.of(experiment), Advance.UNHEARD);
    }

    @Test
    void validationDataMayLeaveTheClassesToTheTrainingData() {
        assertThat(data(samples("data.val")).val().size()).isOne();
        assertThat(data(samples("data.val", "wall", "floor")).val().size()).isOne();
        assertThatThrownBy(() -> data(samples("data.val", "floor", "wall")))
                .isInstanceOf(UserException.class)
                .hasMessage("data.train and data.val have different classes: [wall, floor] and [floor, wall]");
    }

    @Test
    void samplesArePreparedAfterAllOtherChangesWhereTheyAreRead() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (TrainingData data = TrainingData.open(MicroExperiment.with());
                BatchLoader batches = data.batches(0, 2, sample -> {
                    threads.add(Thread.currentThread().getName());
                    return new Sample(
                            sample.name(), sample.image(), Map.of("more", sample.target(Sample.LABELS)), Map.of());
                })) {
            for (Sample sample : batches.next().samples()) {
                assertThat(sample.targets()).containsOnlyKeys("more");
                assertThat(sample.target("more").width()).isEqualTo(32);
            }
        }
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("data-"));
    }
}
