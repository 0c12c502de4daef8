package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyChangeTest {
    @Test
    void everyKeyThatDiffersIsNamed() {
        String before = """
                seed: 1
                training: {steps: 10, groups: [{match: a, learning-rate: 0.1}]}
                data: {sizes: [1, 2], augment: []}
                gone: true
                """;
        String after = """
                seed: 1
                training: {steps: 20, groups: [{match: a, learning-rate: 0.2}]}
                data: {sizes: [1, 3], augment: [{type: flip}]}
                """;

        assertThat(KeyChange.between(before, after))
                .extracting(KeyChange::toString)
                .containsExactly(
                        "data.augment: [] -> (absent)",
                        "data.augment.0.type: (absent) -> flip",
                        "data.sizes: [1, 2] -> [1, 3]",
                        "gone: true -> (absent)",
                        "training.groups.0.learning-rate: 0.1 -> 0.2",
                        "training.steps: 10 -> 20");
        assertThat(KeyChange.between(before, before)).isEmpty();
    }
}
