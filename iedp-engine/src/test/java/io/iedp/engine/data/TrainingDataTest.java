package io.iedp.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Dataset;
import io.iedp.engine.MicroExperiment;
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
}
