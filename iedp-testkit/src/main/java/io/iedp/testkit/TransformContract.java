package io.iedp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import io.iedp.api.data.TransformFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What holds for every transform.
 *
 * @param <C> its configuration record
 */
public abstract class TransformContract<C extends Record> extends ComponentContract<C> {
    @Override
    protected abstract TransformFactory<C> factory();

    /** A sample that the transform takes. */
    protected Sample sample() {
        Sample scene = Scenes.sample(1, 37, 29);
        Map<String, Raster> targets =
                Map.of(Sample.LABELS, scene.target(Sample.LABELS), Sample.DEPTH, scene.target(Sample.DEPTH));
        return new Sample(scene.name(), scene.image(), targets, scene.texts());
    }

    private Transform create() {
        return factory().create(configuration(), () -> 3);
    }

    private Sample apply(Transform transform, int seed) {
        return transform.apply(sample(), new SplittableRandom(seed));
    }

    @Test
    void theSameRandomNumbersGiveTheSameSample() {
        for (int seed = 0; seed < 10; seed++) {
            assertSame(apply(create(), seed), apply(create(), seed));
        }
    }

    @Test
    void theGivenSampleStaysAsItIs() {
        Sample given = sample();
        for (int seed = 0; seed < 10; seed++) {
            create().apply(given, new SplittableRandom(seed));
        }

        assertSame(given, sample());
    }

    /** A sample checks that its targets have the picture's size. */
    @Test
    void labelsAreNeverBlendedNorDepthsAcrossMissingOnes() {
        for (int seed = 0; seed < 20; seed++) {
            Sample changed = apply(create(), seed);
            for (float label : changed.target(Sample.LABELS).values()) {
                assertThat(label).isIn(0f, 1f, 2f, (float) Raster.IGNORE);
            }
            for (float metres : changed.target(Sample.DEPTH).values()) {
                assertThat(metres)
                        .as("a depth, or 0 for none")
                        .matches(each -> each == 0 || each > 1.9f && each < 6.1f);
            }
            assertThat(changed.name()).isEqualTo(sample().name());
        }
    }

    @Test
    void severalThreadsMayUseItAtOnce() {
        Transform transform = create();
        List<Sample> together = IntStream.range(0, 40)
                .parallel()
                .mapToObj(index -> apply(transform, index % 10))
                .toList();

        for (int i = 0; i < together.size(); i++) {
            assertSame(together.get(i), apply(transform, i % 10));
        }
    }

    private static void assertSame(Sample actual, Sample expected) {
        assertThat(actual.image().pixels()).isEqualTo(expected.image().pixels());
        expected.targets()
                .forEach((name, raster) ->
                        assertThat(actual.target(name).values()).as(name).isEqualTo(raster.values()));
    }
}
