package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.testing.TorchTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseScheduleTest extends TorchTest {
    @TempDir
    private Path folder;

    static ConfigFile file(String json) {
        return new ConfigFile(JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject(), "scheduler.json");
    }

    private static double[] alphaBars(String json) {
        NoiseSchedule schedule = NoiseSchedule.parse(file(json));
        return IntStream.range(0, schedule.timesteps())
                .mapToDouble(schedule::alphaBar)
                .toArray();
    }

    @Test
    void theShareOfSignalIsAProduct() {
        assertThat(alphaBars("{'trained_betas': [0.1, 0.2], 'num_train_timesteps': 2}"))
                .containsExactly(new double[] {0.9, 0.72}, within(1e-15));
        // betas 0.1, 0.2, 0.3
        assertThat(alphaBars("{'beta_start': 0.1, 'beta_end': 0.3, 'num_train_timesteps': 3}"))
                .containsExactly(new double[] {0.9, 0.72, 0.504}, within(1e-15));
        // betas 0.1², 0.2², 0.3²
        assertThat(
                        alphaBars(
                                "{'beta_start': 0.01, 'beta_end': 0.09, 'beta_schedule': 'scaled_linear', 'num_train_timesteps': 3}"))
                .containsExactly(new double[] {0.99, 0.99 * 0.96, 0.99 * 0.96 * 0.91}, within(1e-15));
    }

    /** The ratios of neighbours telescope: what is left is the cosine itself, but for the last, which is capped. */
    @Test
    void cosinesFallAsTheyAreDefined() {
        double[] shares = alphaBars("{'beta_schedule': 'squaredcos_cap_v2', 'num_train_timesteps': 4}");
        double start = Math.pow(Math.cos(0.008 / 1.008 * Math.PI / 2), 2);
        for (int i = 0; i < 3; i++) {
            double end = Math.pow(Math.cos(((i + 1) / 4.0 + 0.008) / 1.008 * Math.PI / 2), 2);
            assertThat(shares[i]).isCloseTo(end / start, within(1e-15));
        }
        assertThat(shares[3]).isCloseTo(shares[2] * 0.001, within(1e-15));
    }

    /** The first stays, the last is nothing, and the roots keep their distances: 0.9, 0.6, 0.3 become 0.9, 0.45, 0. */
    @Test
    void theLastSignalCanBeTakenAway() {
        double second = 1 - 0.36 / 0.81;
        assertThat(alphaBars(
                        "{'trained_betas': [0.19, %s, 0.75], 'num_train_timesteps': 3, 'rescale_betas_zero_snr': true}"
                                .formatted(second)))
                .containsExactly(new double[] {0.81, 0.2025, 0}, within(1e-15));
    }

    @Test
    void ratiosOfSignalAndNoise() {
        NoiseSchedule schedule = NoiseSchedule.parse(file("{'trained_betas': [0.2, 0.75], 'num_train_timesteps': 2}"));
        // 0.8 and 0.2 of signal
        assertThat(schedule.snr(0)).isCloseTo(4, within(1e-12));
        assertThat(schedule.snr(1)).isCloseTo(0.25, within(1e-12));
        assertThat(schedule.sigma(0)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.sigma(1)).isCloseTo(2, within(1e-12));
        assertThat(schedule.sigma(0.5)).isCloseTo(1.25, within(1e-12));
    }

    @Test
    void lossesAreWeightedByMinSnr() {
        assertThat(MinSnr.EPSILON.weight(20, 5)).isEqualTo(0.25);
        assertThat(MinSnr.EPSILON.weight(2, 5)).isEqualTo(1);
        assertThat(MinSnr.EPSILON.weight(0, 5)).isEqualTo(1);
        assertThat(MinSnr.VELOCITY.weight(19, 5)).isEqualTo(0.25);
        assertThat(MinSnr.VELOCITY.weight(4, 5)).isEqualTo(0.8);
        assertThat(MinSnr.VELOCITY.weight(0, 5)).isZero();
        assertThat(MinSnr.VELOCITY_BEFORE_0_26.weight(4, 5)).isEqualTo(1);
        assertThat(MinSnr.VELOCITY_BEFORE_0_26.weight(0, 5)).isEqualTo(1);
    }

    /** 0.64 and 0.36 of signal have the roots 0.8 and 0.6, and so has the noise the other way round. */
    @Test
    void eachOfABatchHasItsTimestep() {
        NoiseSchedule schedule =
                NoiseSchedule.parse(file("{'trained_betas': [0.36, 0.4375], 'num_train_timesteps': 2}"));
        NDArray original = manager.create(new float[] {1, 2, 10, 20}, new Shape(2, 1, 1, 2));
        NDArray noise = manager.create(new float[] {100, 200, 1000, 2000}, new Shape(2, 1, 1, 2));

        NDArray noisy = schedule.addNoise(original, noise, 0, 1);
        NDArray velocity = schedule.velocity(original, noise, 0, 1);

        assertThat(noisy.getShape()).isEqualTo(original.getShape());
        assertThat(noisy.toFloatArray()).containsExactly(new float[] {60.8f, 121.6f, 806, 1612}, within(1e-3f));
        assertThat(velocity.toFloatArray()).containsExactly(new float[] {79.4f, 158.8f, 592, 1184}, within(1e-3f));
        assertThatThrownBy(() -> schedule.addNoise(original, noise, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 timesteps do not go with a batch of 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'_class_name': 'FlowMatchEulerDiscreteScheduler'} | _class_name is \"FlowMatchEulerDiscreteScheduler\"; this is supported: [\"DDIMScheduler\",",
                "{'beta_schedule': 'sigmoid'} | beta_schedule is \"sigmoid\"; this is supported: [\"linear\", \"scaled_linear\", \"squaredcos_cap_v2\"]",
                "{'prediction_type': 'flow_prediction'} | prediction_type is \"flow_prediction\"; this is supported: [\"epsilon\", \"v_prediction\", \"sample\"]",
                "{'num_train_timesteps': 0} | num_train_timesteps is 0, but must be a whole number from 1 to 10000",
                "{'beta_start': -1} | beta_start is -1, but must be a number above 0, up to 1.0",
                "{'beta_end': 1} | the noise of timestep 999 is 1.0, but must be from 0 to below 1",
                "{'trained_betas': [0.1]} | trained_betas has 1 values, but num_train_timesteps is 1000",
                "{'trained_betas': ['a']} | trained_betas is [\"a\"], but must be a list of numbers",
                "{'num_train_timesteps': 1, 'rescale_betas_zero_snr': true} | rescale_betas_zero_snr needs timesteps that differ in their noise"
            })
    void otherSchedulesAreRefused(String json, String message) {
        assertThatThrownBy(() -> NoiseSchedule.parse(file(json)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("scheduler.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void anyFileIsReadOrRefused() {
        String json = "{\"_class_name\": \"%s\", \"beta_start\": 0.00085, \"beta_end\": 0.012, \"clip_sample\": false,"
                + " \"beta_schedule\": \"scaled_linear\", \"num_train_timesteps\": 100, \"set_alpha_to_one\": false,"
                + " \"skip_prk_steps\": true, \"steps_offset\": 1, \"timestep_spacing\": \"leading\","
                + " \"use_karras_sigmas\": true, \"final_sigmas_type\": \"zero\", \"trained_betas\": null,"
                + " \"original_inference_steps\": 50, \"timestep_scaling\": 10, \"solver_order\": 2}";
        for (SamplerKind kind : SamplerKind.values()) {
            byte[] seed = json.formatted(kind.className()).getBytes(StandardCharsets.UTF_8);
            Fuzz.run(kind.id(), 500, List.of(seed), Frugal.file(folder.resolve("scheduler_config.json"), file -> {
                ConfigFile config = ConfigFile.read(file);
                new SamplerConfig(config, SamplerConfig.kind(config), Release.V0_40, Optional.empty()).start(7, 0);
            }));
        }
    }
}
