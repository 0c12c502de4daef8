package io.iedp.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.config.Chosen;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinedTest {
    private final List<String> closed = new ArrayList<>();

    static Chosen<DatasetContext, Dataset> chosen(String type, Function<DatasetContext, Dataset> maker) {
        return new Chosen<>() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public Dataset make(DatasetContext context) {
                return maker.apply(context);
            }
        };
    }

    private Joined.Part part(String name, int size, int repeat, String... classes) {
        return new Joined.Part(
                chosen(name, context -> new Dataset() {
                    @Override
                    public DatasetInfo info() {
                        return new DatasetInfo(
                                Arrays.stream(classes)
                                        .map(each -> new ClassInfo(each, 0))
                                        .toList(),
                                size);
                    }

                    @Override
                    public int size() {
                        return size;
                    }

                    @Override
                    public Sample get(int index) {
                        return new Sample(name + index, new RgbImage(1, 1, new byte[3]), Map.of(), Map.of());
                    }

                    @Override
                    public List<String> problems() {
                        return List.of(name + " is wrong");
                    }

                    @Override
                    public void close() {
                        closed.add(name);
                    }
                }),
                repeat);
    }

    private static Dataset open(Joined.Part... parts) {
        return Joined.open(new Joined.Config(List.of(parts)), () -> 1);
    }

    @Test
    void partsFollowEachOther() {
        Dataset joined = open(part("a", 2, 1, "wall", "floor"), part("b", 1, 3), part("c", 1, 1, "wall", "floor"));

        assertThat(IntStream.range(0, joined.size()).mapToObj(i -> joined.get(i).name()))
                .containsExactly("a0", "a1", "b0", "c0");
        assertThat(joined.info().classNames()).containsExactly("wall", "floor");
        assertThat(joined.info().maxDepth()).isEqualTo(2);
        assertThat(joined.problems()).containsExactly("a is wrong", "b is wrong", "c is wrong");
        joined.close();
        assertThat(closed).containsExactly("a", "b", "c");
    }

    @Test
    void anEpochVisitsAllInAnyOrder() {
        Dataset joined = open(part("a", 20, 1), part("b", 5, 4));
        int[] order = joined.order(new Random(7));

        assertThat(Arrays.stream(order).filter(index -> index < 20).sorted().boxed())
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(Arrays.stream(order).filter(index -> index >= 20).boxed())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> 20 + i % 5).toList());
        assertThat(joined.order(new Random(7))).isEqualTo(order);
        // 20 of 40 places are b's; among the first 20, fewer than 3 or more than 17 come once in 100,000 times.
        assertThat(Arrays.stream(order).limit(20).filter(index -> index >= 20).count())
                .isBetween(3L, 17L);
    }

    @Test
    void classesMustBeTheSame() {
        assertThatThrownBy(
                        () -> open(part("a", 1, 1), part("b", 1, 1, "wall", "floor"), part("c", 1, 1, "wall", "lamp")))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "joined: parts.2 (c) has other classes than an earlier part (b): class 1 is 'lamp', not 'floor'. All parts must have the same, in the same order");
        assertThat(closed).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> open(part("b", 1, 1, "wall", "floor"), part("c", 1, 1, "wall")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("1 classes, not 2");
    }

    @Test
    void tooManySamplesAreRefused() {
        assertThatThrownBy(() -> open(part("a", 2_000_000_000, 1), part("b", 1_000_000_000, 1)))
                .isInstanceOf(UserException.class)
                .hasMessage("joined: the parts have more than 2147483647 samples");
    }
}
