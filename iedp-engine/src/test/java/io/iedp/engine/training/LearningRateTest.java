package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.engine.MicroExperiment;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static LearningRate rate(String schedule, int steps, double peak, double lowest, int warmup) {
        return new LearningRate(MicroExperiment.with(
                        "training.schedule=" + schedule,
                        "training.steps=" + steps,
                        "training.learning-rate=" + peak,
                        "training.min-learning-rate=" + lowest,
                        "training.warmup=" + warmup)
                .training());
    }

    /** mmsegmentation's poly policy of power 1 with VPD's warm-up: 1500 steps, ratio 1e-6. */
    @Test
    void polyWithWarmup() {
        LearningRate rate = rate("poly", 80_000, 8e-5, 0, 1500);
        assertThat(rate.at(0)).isCloseTo(8e-11, within(1e-15));
        assertThat(rate.at(750)).isCloseTo(8e-5 * (1 - 750.0 / 80_000) * (1 - 0.5 * (1 - 1e-6)), within(1e-15));
        assertThat(rate.at(40_000)).isCloseTo(4e-5, within(1e-15));
    }

    /** VPD's depth: 25 epochs, half of them 12; of 100 steps each the formulas of its training loop. */
    @Test
    void oneCycle() {
        LearningRate rate = rate("one-cycle", 2500, 5e-4, 3e-5, 0);
        assertThat(rate.at(0)).isCloseTo(3e-5, within(1e-12));
        assertThat(rate.at(600)).isCloseTo((5e-4 - 3e-5) * Math.pow(600.0 / 1200, 0.9) + 3e-5, within(1e-12));
        assertThat(rate.at(1200)).isCloseTo(5e-4, within(1e-12));
        assertThat(rate.at(1800)).isCloseTo((3e-5 - 5e-4) * Math.pow(1800.0 / 1200 - 1, 0.9) + 5e-4, within(1e-12));
        assertThat(rate.at(2450)).isCloseTo(3e-5, within(1e-12));
        assertThat(rate.momentum(600)).isEmpty();
    }

    /** diffusers' polynomial decay: from the peak to the lowest rate as a power of what is left. */
    @Test
    void aScheduleHasSettingsOfItsOwn() {
        LearningRate rate = rate("{type: poly, power: 2}", 100, 1e-3, 1e-5, 0);
        assertThat(rate.at(25)).isCloseTo((1e-3 - 1e-5) * 0.75 * 0.75 + 1e-5, within(1e-15));
    }

    @Test
    void theMomentumFollowsTheSchedule() {
        LearningRate rate = rate("{type: torch-one-cycle, pct-start: 0.5}", 10, 1e-3, 0, 0);
        assertThat(rate.momentum(0)).hasValue(0.95);
        assertThat(rate.momentum(4).orElseThrow()).isCloseTo(0.85, within(1e-12));
    }

    /** The rate of RefCOCO in VPD: {@code (1 - step / steps)^0.9}. */
    @Test
    void polyToAPower() {
        LearningRate rate = rate("{type: poly, power: 0.9}", 1000, 5e-5, 0, 0);
        assertThat(rate.at(0)).isCloseTo(5e-5, within(1e-15));
        assertThat(rate.at(400)).isCloseTo(5e-5 * Math.pow(0.6, 0.9), within(1e-15));
    }

    /** Of 24 epochs the rise takes 12, half of the run. */
    @Test
    void oneCycleOfOtherEpochs() {
        LearningRate rate = rate("{type: one-cycle, epochs: 24}", 2400, 1e-3, 0, 0);
        assertThat(rate.at(300)).isCloseTo(1e-3 * Math.pow(0.25, 0.9), within(1e-12));
        assertThat(rate.at(1200)).isCloseTo(1e-3, within(1e-12));
    }
}
