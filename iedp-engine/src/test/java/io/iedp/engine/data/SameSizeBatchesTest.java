package io.iedp.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SameSizeBatchesTest {
    private static Optional<Sample> sample(String name, int width) {
        return Optional.of(new Sample(name, new RgbImage(width, 1, new byte[3 * width]), Map.of(), Map.of()));
    }

    private static List<List<String>> batches(List<Optional<Sample>> samples) {
        SameSizeBatches batches = new SameSizeBatches(samples.iterator(), 2);
        List<List<String>> names = new ArrayList<>();
        batches.forEachRemaining(
                batch -> names.add(batch.stream().map(Sample::name).toList()));
        return names;
    }

    @Test
    void neighboursOfOneSizeAreTakenTogetherUpToTheMost() {
        assertThat(batches(List.of(sample("a", 1), sample("b", 1), sample("c", 1), sample("d", 2), sample("e", 1))))
                .containsExactly(List.of("a", "b"), List.of("c"), List.of("d"), List.of("e"));
    }

    @Test
    void missingOnesArePassedOver() {
        assertThat(batches(
                        List.of(Optional.empty(), sample("a", 1), Optional.empty(), sample("b", 1), Optional.empty())))
                .containsExactly(List.of("a", "b"));
        assertThat(batches(List.of(Optional.empty()))).isEmpty();
    }
}
