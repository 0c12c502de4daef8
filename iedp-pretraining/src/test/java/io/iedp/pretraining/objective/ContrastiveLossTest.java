package io.iedp.pretraining.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.testing.TorchTest;
import org.junit.jupiter.api.Test;

class ContrastiveLossTest extends TorchTest {
    private static final double[][] LOGITS = {{0.5, -1, 2}, {1.5, 0.25, -0.75}};

    private NDArray logits() {
        return manager.create(new float[] {0.5f, -1, 2, 1.5f, 0.25f, -0.75f}, new Shape(2, 3));
    }

    /** The first picture has the first two texts, the second the second; the third text has no picture. */
    private NDArray positives() {
        return manager.create(new float[] {1, 1, 0, 0, 1, 0}, new Shape(2, 3));
    }

    private static double logOfRow(int row, int column) {
        double sum = 0;
        for (double each : LOGITS[row]) {
            sum += Math.exp(each);
        }
        return LOGITS[row][column] - Math.log(sum);
    }

    private static double logOfColumn(int row, int column) {
        return LOGITS[row][column] - Math.log(Math.exp(LOGITS[0][column]) + Math.exp(LOGITS[1][column]));
    }

    @Test
    void aTextWithoutAPictureDoesNotCount() {
        double pictures = (logOfRow(0, 0) / 2 + logOfRow(0, 1) / 2 + logOfRow(1, 1)) / 2;
        double texts = (logOfColumn(0, 0) + logOfColumn(0, 1) / 2 + logOfColumn(1, 1) / 2) / 3;

        assertThat(ContrastiveLoss.SOFTMAX.of(logits(), positives()).getFloat())
                .isCloseTo((float) (-(pictures + texts) / 2), within(1e-6f));
    }

    @Test
    void eachPairIsRightOrWrongByItself() {
        double sum = 0;
        double[][] signs = {{1, 1, -1}, {-1, 1, -1}};
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                sum += Math.log1p(Math.exp(-signs[row][column] * LOGITS[row][column]));
            }
        }

        assertThat(ContrastiveLoss.SIGMOID.of(logits(), positives()).getFloat())
                .isCloseTo((float) (sum / 2), within(1e-6f));
    }
}
