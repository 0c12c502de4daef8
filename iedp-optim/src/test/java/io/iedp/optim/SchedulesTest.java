package io.iedp.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.optim.Schedule;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against the published formulas; factors are those between the lowest learning rate and the peak. */
class SchedulesTest {
    private static final Offset<Double> EXACTLY = within(1e-12);

    /** mmsegmentation's poly policy: {@code (1 - iteration / iterations) ** power}. */
    @Test
    void polyFallsAsAPower() {
        Schedule poly = new Poly(0.9, 200);
        Schedule linear = new Poly(1, 200);
        for (int step : List.of(0, 1, 50, 199)) {
            assertThat(poly.factor(step)).isCloseTo(Math.pow(1 - step / 200.0, 0.9), EXACTLY);
            assertThat(linear.factor(step)).isEqualTo(1 - step / 200.0);
        }
    }

    /** Loshchilov and Hutter (2017), equation 5. */
    @Test
    void cosineFallsOnceOrSeveralTimes() {
        Schedule cosine = new Cosine(1, 90);
        Schedule restarts = new Cosine(3, 90);
        assertThat(cosine.factor(0)).isEqualTo(1);
        assertThat(cosine.factor(30)).isCloseTo(0.75, EXACTLY);
        assertThat(cosine.factor(45)).isCloseTo(0.5, EXACTLY);
        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(restarts.factor(30 * cycle)).isEqualTo(1);
            assertThat(restarts.factor(30 * cycle + 10)).isCloseTo(0.75, EXACTLY);
            assertThat(restarts.factor(30 * cycle + 20)).isCloseTo(0.25, EXACTLY);
        }
    }

    /** {@code MultiStepLR}: after a milestone, the rate has been multiplied once more. */
    @Test
    void stepsAreAtSharesOrAtNumbersOfSteps() {
        for (List<Double> milestones : List.of(List.of(0.6, 0.9), List.of(120.0, 180.0), List.of(180.0, 0.6))) {
            Schedule schedule = Steps.of(new StepConfig(milestones, 0.5), 200);
            assertThat(schedule.factor(0)).isEqualTo(1);
            assertThat(schedule.factor(119)).isEqualTo(1);
            assertThat(schedule.factor(120)).isEqualTo(0.5);
            assertThat(schedule.factor(179)).isEqualTo(0.5);
            assertThat(schedule.factor(180)).isEqualTo(0.25);
            assertThat(schedule.factor(199)).isEqualTo(0.25);
        }
    }

    @Test
    void milestonesThatAreNeitherAreRefused() {
        for (double milestone : List.of(0.0, 1.5)) {
            assertThatThrownBy(() -> new StepConfig(List.of(0.5, milestone), 0.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "milestones has %s, but each must be a share above 0 and below 1, or a whole number of steps",
                            milestone);
        }
    }

    /** VPD's training loop for depth: {@code half = epochs // 2} epochs up, as many down, to the power of 0.9. */
    @Test
    void oneCycleTakesHalfOfTheEpochsEachWay() {
        for (int epochs : List.of(25, 24, 5, 2)) {
            int steps = 100 * epochs;
            double half = 100.0 * Math.floorDiv(epochs, 2);
            Schedule schedule = new OneCycle(new OneCycleConfig(epochs, 0.9), steps);
            for (int step = 0; step < steps; step += 10) {
                double expected =
                        step < half ? Math.pow(step / half, 0.9) : Math.max(0, 1 - Math.pow(step / half - 1, 0.9));
                assertThat(schedule.factor(step)).as("%s of %s", step, epochs).isCloseTo(expected, within(1e-9));
            }
        }
    }

    /** The documentation of {@code OneCycleLR}: from peak / div-factor to the peak, and down to that / final-div-factor. */
    @Test
    void torchsOneCycleGoesAlongCosines() {
        Schedule schedule = new TorchOneCycle(new TorchOneCycleConfig(0.3, 25, 1e4, true), 110);
        assertThat(schedule.factor(0)).isCloseTo(1.0 / 25, EXACTLY);
        assertThat(schedule.factor(16)).isCloseTo((1 + 1.0 / 25) / 2, EXACTLY);
        assertThat(schedule.factor(32)).isCloseTo(1, EXACTLY);
        assertThat(schedule.factor(109)).isCloseTo(1.0 / 25 / 1e4, EXACTLY);
        assertThat(schedule.momentum(0).orElseThrow()).isCloseTo(0.95, EXACTLY);
        assertThat(schedule.momentum(16).orElseThrow()).isCloseTo(0.9, EXACTLY);
        assertThat(schedule.momentum(32).orElseThrow()).isCloseTo(0.85, EXACTLY);
        assertThat(schedule.momentum(109).orElseThrow()).isCloseTo(0.95, EXACTLY);
    }

    @Test
    void torchsOneCycleHasNoStepWithoutARate() {
        for (double start : List.of(0.0, 0.1, 0.5, 1.0)) {
            for (int steps : List.of(1, 2, 3, 10)) {
                Schedule schedule = new TorchOneCycle(new TorchOneCycleConfig(start, 25, 1e4, false), steps);
                for (int step = 0; step < steps; step++) {
                    assertThat(schedule.factor(step))
                            .as("%s of %s", step, steps)
                            .isBetween(0.0, 1.0 + 1e-9);
                    assertThat(schedule.momentum(step)).isEmpty();
                }
            }
        }
    }
}
