package io.iedp.verify.result;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.testing.TorchTest;
import io.iedp.verify.Comparison;
import io.iedp.verify.Tolerance;
import org.junit.jupiter.api.Test;

/** How close is close enough. */
class CaseResultTest extends TorchTest {
    private static final Comparison CLOSE = new Comparison.Values(Tolerance.relative(0.01));
    private static final Comparison BEST = new Comparison.Best(1, Tolerance.relative(0.01));

    private NDArray floats(float... values) {
        return manager.create(values);
    }

    private Difference best(NDArray scores, long... expected) {
        return Difference.of("best", manager.create(expected, new Shape(1, expected.length)), scores, BEST);
    }

    /** Two classes, (1, 2, pixels). */
    private NDArray scores(float[] first, float[] second) {
        return floats(first)
                .expandDims(0)
                .concat(floats(second).expandDims(0), 0)
                .expandDims(0);
    }

    @Test
    void whatIsOffIsMeasuredByTheLargestExpectedValue() {
        assertThat(Difference.of("x", floats(1, 100), floats(1.5f, 100), CLOSE)).matches(Difference::passed);
        assertThat(Difference.of("x", floats(1, 100), floats(2.5f, 100), CLOSE)).matches(each -> !each.passed());
    }

    @Test
    void wholeNumbersAreEqualOrWrong() {
        NDArray expected = manager.create(new long[] {1, 1000});

        assertThat(Difference.of("x", expected, manager.create(new long[] {1, 1000}), CLOSE))
                .matches(Difference::passed);
        assertThat(Difference.of("x", expected, manager.create(new long[] {1, 1001}), CLOSE))
                .matches(each -> !each.passed());
    }

    @Test
    void theBestOfTheScoresIsExpected() {
        NDArray scores = scores(new float[] {1, 5}, new float[] {4, 2});

        assertThat(best(scores, 1, 0)).matches(Difference::passed);
        assertThat(best(scores, 1, 1)).matches(each -> !each.passed());
    }

    /** A hundredth of the largest score, 10, is 0.1. */
    @Test
    void betweenScoresThatAreAsGoodEitherIsRight() {
        NDArray scores = scores(new float[] {10, 3.05f, 3.2f}, new float[] {0, 3, 3});

        assertThat(best(scores, 0, 0, 0)).matches(Difference::passed);
        assertThat(best(scores, 0, 1, 0)).matches(Difference::passed);
        assertThat(best(scores, 0, 0, 1)).matches(each -> !each.passed());
    }

    @Test
    void aNumberThatNoScoreHasIsWrong() {
        NDArray scores = scores(new float[] {1, 1}, new float[] {1, 1});

        assertThat(best(scores, 2, 0)).matches(each -> !each.passed());
        assertThat(best(scores, -1, 0)).matches(each -> !each.passed());
    }

    @Test
    void scoresOfAnotherSizeAreWrong() {
        assertThat(best(scores(new float[] {1, 1}, new float[] {1, 1}), 0).problem())
                .contains("has the shape (1, 2) instead of (1, 1)");
    }
}
