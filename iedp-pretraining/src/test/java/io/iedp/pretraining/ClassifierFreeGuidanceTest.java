package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassifierFreeGuidanceTest {
    private static final double[] WITHOUT = {0, 0, 0};
    private static final double[] WITH = {1, 2, 6};

    @Test
    void theAnswerWithTheTextIsExaggerated() {
        assertThat(new ClassifierFreeGuidance(7.5, 0).combine(new double[] {1, 2}, new double[] {3, 1}))
                .containsExactly(1 + 7.5 * 2, 2 - 7.5);
        assertThat(new ClassifierFreeGuidance(1, 0).isOn()).isFalse();
        assertThat(new ClassifierFreeGuidance(1.5, 0).isOn()).isTrue();
    }

    /** Four times the answer deviates four times as much, so a whole rescaling gives the answer back, and half of it 2.5 times. */
    @Test
    void theDeviationIsGivenBack() {
        assertThat(new ClassifierFreeGuidance(4, 1).combine(WITHOUT, WITH)).containsExactly(WITH, within(1e-12));
        assertThat(new ClassifierFreeGuidance(4, 0.5).combine(WITHOUT, WITH))
                .containsExactly(new double[] {2.5, 5, 15}, within(1e-12));
    }
}
