package io.iedp.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Dataset;
import io.iedp.launcher.config.ExperimentLoader;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.launcher.plugin.PluginLoader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
    @Test
    void whatIsMeasuredOnWasNotTrainedOn() throws URISyntaxException {
        try (TrainingData data = TrainingData.open(experiment("data.val.start=0"));
                TrainingData again = TrainingData.open(experiment("data.val.start=0"))) {
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

    private static Experiment experiment(String setting) throws URISyntaxException {
        Path micro = Path.of(Objects.requireNonNull(TrainingDataTest.class.getResource("/io/iedp/launcher/micro.yaml"))
                .toURI());
        return new ExperimentLoader(PluginLoader.load(Path.of("none")), Map.of())
                .load(micro, List.of(setting))
                .experiment();
    }
}
