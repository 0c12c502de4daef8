package io.iedp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleOutline;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What holds for every data set.
 *
 * @param <C> its configuration record
 */
public abstract class DatasetContract<C extends Record> extends ComponentContract<C> {
    private static final long SEED = 3;

    @Override
    protected abstract DatasetFactory<C> factory();

    private Dataset create() {
        return factory().create(configuration(), () -> SEED);
    }

    @Test
    void itHasSamplesAndNoProblems() {
        try (Dataset dataset = create()) {
            assertThat(dataset.size()).isPositive();
            assertThat(dataset.problems()).isEmpty();
            assertThat(dataset.info().classes()).doesNotContainNull();
            assertThat(dataset.info().maxDepth()).isNotNegative().isFinite();
        }
    }

    @Test
    void whatIsKnownWithoutTheFilesIsWhatTheDataSetSays() {
        try (Dataset dataset = create()) {
            factory().info(configuration()).ifPresent(info -> assertThat(info).isEqualTo(dataset.info()));
        }
    }

    @Test
    void namesAreUniqueAndUsableAsFileNames() {
        try (Dataset dataset = create()) {
            List<String> names = IntStream.range(0, dataset.size())
                    .mapToObj(index -> dataset.get(index).name())
                    .toList();

            assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[^/\\\\\\p{Cntrl}]{1,200}"));
        }
    }

    @Test
    void anIndexAlwaysGivesTheSameSample() {
        try (Dataset one = create();
                Dataset other = create()) {
            int last = one.size() - 1;
            Sample first = one.get(last);

            assertSame(one.get(last), first);
            assertSame(other.get(last), first);
        }
    }

    @Test
    void severalThreadsMayReadAtOnce() {
        try (Dataset dataset = create()) {
            List<Sample> alone =
                    IntStream.range(0, dataset.size()).mapToObj(dataset::get).toList();

            List<Sample> together = IntStream.range(0, 4 * dataset.size())
                    .parallel()
                    .mapToObj(index -> dataset.get(index % dataset.size()))
                    .toList();

            for (int i = 0; i < together.size(); i++) {
                assertSame(together.get(i), alone.get(i % alone.size()));
            }
        }
    }

    @Test
    void whatIsKnownBeforehandIsTrue() {
        try (Dataset dataset = create()) {
            for (int index = 0; index < dataset.size(); index++) {
                Sample sample = dataset.get(index);
                dataset.outline(index).ifPresent(outline -> assertThat(outline).isEqualTo(SampleOutline.of(sample)));
            }
        }
    }

    @Test
    void labelsAndDepthsAreWithinWhatTheDataSetSays() {
        try (Dataset dataset = create()) {
            int classes = dataset.info().classes().size();
            for (int index = 0; index < dataset.size(); index++) {
                Sample sample = dataset.get(index);
                Raster labels = sample.targets().get(Sample.LABELS);
                if (labels != null) {
                    for (float label : labels.values()) {
                        assertThat(label)
                                .as("a label of %s: one of %d classes, or %d", sample.name(), classes, Raster.IGNORE)
                                .matches(each -> each == Raster.IGNORE || each >= 0 && each < classes && each % 1 == 0);
                    }
                }
                Raster depth = sample.targets().get(Sample.DEPTH);
                if (depth != null) {
                    for (float metres : depth.values()) {
                        assertThat((double) metres)
                                .as("a depth of %s", sample.name())
                                .isBetween(0.0, dataset.info().maxDepth());
                    }
                }
            }
        }
    }

    private static void assertSame(Sample actual, Sample expected) {
        assertThat(actual.name()).isEqualTo(expected.name());
        assertThat(actual.image().pixels()).isEqualTo(expected.image().pixels());
        assertThat(actual.texts()).isEqualTo(expected.texts());
        assertThat(actual.targets().keySet()).isEqualTo(expected.targets().keySet());
        expected.targets()
                .forEach((name, raster) ->
                        assertThat(actual.target(name).values()).as(name).isEqualTo(raster.values()));
    }
}
