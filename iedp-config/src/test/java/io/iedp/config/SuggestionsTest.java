package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    @Test
    void aCloseNameIsProposed() {
        List<String> names = List.of("learning-rate", "batch", "steps");

        assertThat(Suggestions.of("learning_rate", names)).isEqualTo("did you mean 'learning-rate'?");
        assertThat(Suggestions.of("setps", names)).isEqualTo("did you mean 'steps'?");
        assertThat(Suggestions.of("optimizer", names)).isEqualTo("there are batch, learning-rate, steps.");
        assertThat(Suggestions.of("x", List.of())).isEqualTo("there are none.");
        assertThat(Suggestions.of("x", List.of("steps"))).isEqualTo("there is steps.");
    }

    @Test
    void longListsAreCut() {
        List<String> names = IntStream.range(10, 30).mapToObj(i -> "name" + i).toList();

        assertThat(Suggestions.of("other", names))
                .startsWith("there are name10, ")
                .endsWith("name25, and 4 more.");
    }
}
