package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.config.experiment.Experiment.BatchStatistics;
import io.iedp.config.experiment.Experiment.Schedule;
import io.iedp.config.experiment.Experiment.Training;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static LearningRate rate(Schedule schedule, int steps, double peak, double lowest, int warmup) {
        return new LearningRate(new Training(
                steps, 1, 1, peak, 0, schedule, lowest, warmup, 0, 0, 1, BatchStatistics.JOINT, List.of(), 1));
    }

    /** mmsegmentation's poly policy of power 1 with VPD's warm-up: 1500 steps, ratio 1e-6. */
    @Test
    void polyWithWarmup() {
        LearningRate rate = rate(Schedule.POLY, 80_000, 8e-5, 0, 1500);
        assertThat(rate.at(0)).isCloseTo(8e-11, within(1e-15));
        assertThat(rate.at(750)).isCloseTo(8e-5 * (1 - 750.0 / 80_000) * (1 - 0.5 * (1 - 1e-6)), within(1e-15));
        assertThat(rate.at(40_000)).isCloseTo(4e-5, within(1e-15));
    }

    /** VPD's depth: 25 epochs, half of them 12; of 100 steps each the formulas of its training loop. */
    @Test
    void oneCycle() {
        LearningRate rate = rate(Schedule.ONE_CYCLE, 2500, 5e-4, 3e-5, 0);
        assertThat(rate.at(0)).isCloseTo(3e-5, within(1e-12));
        assertThat(rate.at(600)).isCloseTo((5e-4 - 3e-5) * Math.pow(600.0 / 1200, 0.9) + 3e-5, within(1e-12));
        assertThat(rate.at(1200)).isCloseTo(5e-4, within(1e-12));
        assertThat(rate.at(1800)).isCloseTo((3e-5 - 5e-4) * Math.pow(1800.0 / 1200 - 1, 0.9) + 5e-4, within(1e-12));
        assertThat(rate.at(2450)).isCloseTo(3e-5, within(1e-12));
    }
}
