package io.iedp.nn.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.nn.WeightSource;
import io.iedp.api.training.Schedule;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.testing.Goldens;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulesTest extends TorchTest {
    /** At the middle of each of three falls the cosine is half way down. */
    @Test
    void cosinesMayBeginAnew() {
        Schedule thrice = new Cosine(3);
        assertThat(thrice.at(0, 600)).isEqualTo(1);
        assertThat(thrice.at(100, 600)).isCloseTo(0.5, within(1e-12));
        assertThat(thrice.at(200, 600)).isEqualTo(1);
        assertThat(thrice.at(300, 600)).isCloseTo(0.5, within(1e-12));
        assertThat(new Cosine(1).at(150, 600)).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
    }

    @Test
    void stepsFallAtTheirPlaces() {
        Schedule schedule = new Steps(List.of(0.6, 0.8), 0.1);
        assertThat(schedule.at(599, 1000)).isEqualTo(1);
        assertThat(schedule.at(600, 1000)).isCloseTo(0.1, within(1e-12));
        assertThat(schedule.at(800, 1000)).isCloseTo(0.01, within(1e-12));
        assertThat(schedule.at(999, 1000)).isCloseTo(0.01, within(1e-12));
    }

    /**
     * What diffusers and PyTorch computed for runs of 100 steps. After their warm-up of 10 steps, a schedule goes over the 90 that
     * are left; the polynomials end at 1e-7 rather than 0, from 1e-3.
     */
    @Test
    void areThoseThatWereRecorded() {
        try (WeightSource recorded = SafeTensors.open(Goldens.folder("g_optim").resolve("expected.safetensors"))) {
            assertLike(recorded, "lr.cosine_restarts", new Cosine(3), 10, 0);
            assertLike(recorded, "lr.cosine_warmup", new Cosine(1), 10, 0);
            assertLike(recorded, "lr.linear_warmup", new Poly(1), 10, 0);
            assertLike(recorded, "lr.polynomial_0.9", new Poly(0.9), 0, 1e-4);
            assertLike(recorded, "lr.polynomial_2", new Poly(2), 10, 1e-4);
            assertLike(recorded, "lr.onecycle", new CosineOneCycle(0.3, 25, 1e4), 0, 0);
            assertLike(recorded, "lr.onecycle_other", new CosineOneCycle(0.25, 10, 100), 0, 0);
        }
    }

    private static void assertLike(WeightSource recorded, String name, Schedule schedule, int warmup, double lowest) {
        float[] rates = recorded.read(name, manager).toFloatArray();
        for (int step = warmup; step < rates.length; step++) {
            double factor = schedule.at(step - warmup, rates.length - warmup);
            assertThat((double) rates[step])
                    .as("%s at step %s", name, step)
                    .isCloseTo(lowest + (1 - lowest) * factor, within(1e-6));
        }
    }
}
