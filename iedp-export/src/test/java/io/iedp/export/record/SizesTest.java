package io.iedp.export.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Dimension;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static final Map<Axis, Long> OTHER = Map.of(Axis.BATCH, 7L, Axis.HEIGHT, 80L, Axis.WIDTH, 48L);

    private static Dimension solve(ToLongFunction<Map<Axis, Long>> number) {
        Sizes sizes = Sizes.any(16);
        return sizes.solve(sizes.tried().stream().map(number::applyAsLong).toList(), "the test");
    }

    private static long of(Map<Axis, Long> sizes, Axis axis) {
        return sizes.get(axis);
    }

    @Test
    void numbersThatStayAreConstants() {
        assertThat(solve(sizes -> 77)).isEqualTo(Dimension.of(77)).hasToString("77");
    }

    @Test
    void productsAndSumsOfSizesAreFound() {
        // 64 = 4 tokens of 4 x 4 pixels each way, and one more.
        Dimension tokens = solve(sizes -> of(sizes, Axis.HEIGHT) * of(sizes, Axis.WIDTH) / 16 + 1);
        assertThat(tokens).hasToString("HEIGHT * WIDTH / 16 + 1");
        assertThat(tokens.at(OTHER)).isEqualTo(80 * 48 / 16 + 1);

        Dimension rows = solve(sizes -> 3 * of(sizes, Axis.BATCH) * of(sizes, Axis.HEIGHT) / 8);
        assertThat(rows).hasToString("3 * BATCH * HEIGHT / 8");
        assertThat(rows.at(OTHER)).isEqualTo(3 * 7 * 80 / 8);

        Dimension last = solve(sizes -> of(sizes, Axis.WIDTH) - 1);
        assertThat(last).hasToString("WIDTH + -1");
    }

    @Test
    void whatFollowsNoSuchRuleIsRefusedWithItsValues() {
        assertThatThrownBy(() -> solve(sizes -> of(sizes, Axis.WIDTH) * of(sizes, Axis.WIDTH)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("A number of the test is [2304, 2304, 2304, 6400, 1024]")
                .hasMessageContaining("--size");
        assertThatThrownBy(() -> solve(sizes -> of(sizes, Axis.HEIGHT) + of(sizes, Axis.WIDTH)))
                .isInstanceOf(UserException.class);
    }

    @Test
    void oneSizeLeavesOnlyTheBatchOpen() {
        Sizes sizes = Sizes.of(30, 20);
        assertThat(sizes.dimension(Axis.HEIGHT)).isEqualTo(Dimension.of(30));
        assertThat(sizes.dimension(Axis.BATCH)).isEqualTo(Dimension.of(Axis.BATCH));
        assertThat(sizes.solve(List.of(600L, 1200L, 1800L), "the test")).hasToString("600 * BATCH");
    }
}
