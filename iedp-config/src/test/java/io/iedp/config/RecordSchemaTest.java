package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.experiment.Experiment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {
    @Test
    void describesEveryKeyDownToTheLast() {
        assertThat(RecordSchema.of(Experiment.class).keys())
                .contains(
                        new RecordSchema.Key(
                                "seed",
                                "a whole number",
                                false,
                                Optional.of("0"),
                                Optional.empty(),
                                "All random choices follow from it."),
                        new RecordSchema.Key(
                                "guidance",
                                "a map of names to guidance",
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                "The branches that guide the backbone, by name."),
                        new RecordSchema.Key(
                                "training.groups[].learning-rate",
                                "a number",
                                false,
                                Optional.of("1"),
                                Optional.of("0 to 1000"),
                                "Factor of the learning rate; 0 freezes the parameters."))
                .extracting(RecordSchema.Key::path)
                .contains("data.export.to", "data.augment", "training.schedule", "report.references")
                .doesNotHaveDuplicates();
    }
}
