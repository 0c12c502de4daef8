package io.iedp.pretraining;

import static io.iedp.pretraining.NoiseScheduleTest.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a model that knows the only original there is, from which any noisy sample tells its noise. */
class SamplersTest {
    private static final String SCHEDULE =
            "{'_class_name': '%s', 'beta_start': 0.00085, 'beta_end': 0.012, 'beta_schedule': 'scaled_linear', "
                    + "'clip_sample': false, 'skip_prk_steps': true, 'set_alpha_to_one': true, 'steps_offset': 1, "
                    + "'timestep_spacing': '%s'}";

    private static final double[] ORIGINAL = {0.5, -1.5, 3};
    private static final double[] NOISE = {-1, 0.25, 2};

    private static SamplerConfig config(SamplerKind kind, Spacing spacing, Prediction prediction) {
        String name = spacing.name().toLowerCase(Locale.ROOT);
        return new SamplerConfig(
                file(SCHEDULE.formatted(kind.className(), name)), kind, Release.V0_40, Optional.of(prediction));
    }

    /** What the perfect model gives for an input at a timestep. */
    private static double[] output(NoiseSchedule schedule, double timestep, double[] input) {
        double sigma = schedule.sigma(timestep);
        double a = 1 / Math.sqrt(sigma * sigma + 1);
        double s = sigma * a;
        return switch (schedule.prediction()) {
            case EPSILON -> Sums.of(1 / s, input, -a / s, ORIGINAL);
            case V_PREDICTION -> {
                double[] noise = Sums.of(1 / s, input, -a / s, ORIGINAL);
                yield Sums.of(a, noise, -s, ORIGINAL);
            }
            case SAMPLE -> ORIGINAL;
        };
    }

    /** The samples after all steps. */
    private static List<double[]> run(SamplerConfig config, int steps, double eta) {
        Sampler sampler = config.start(steps, eta);
        GaussianNoise noise = new GaussianNoise(3, ORIGINAL.length);
        List<double[]> samples = new ArrayList<>();
        double[] sample = Sums.scaled(sampler.initialNoise(), NOISE);
        for (double timestep : sampler.timesteps()) {
            sample = sampler.step(output(config.schedule(), timestep, sampler.input(sample)), sample, noise);
            samples.add(sample);
        }
        return samples;
    }

    /** PNDM extrapolates outputs, of which only the noise stays the same on the way, and only where all steps are equally long. */
    private static boolean isExact(Spacing spacing, Prediction prediction) {
        return prediction == Prediction.EPSILON && spacing != Spacing.LINSPACE;
    }

    static Stream<Arguments> everything() {
        return Stream.of(SamplerKind.values())
                .flatMap(kind -> Stream.of(Spacing.values())
                        .flatMap(spacing -> Stream.of(Prediction.values())
                                .filter(prediction -> kind != SamplerKind.PNDM || isExact(spacing, prediction))
                                .map(prediction -> Arguments.of(kind, spacing, prediction))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void allEndAtTheOriginal(SamplerKind kind, Spacing spacing, Prediction prediction) {
        // DDIM's and PNDM's last step reaches the end where the number of steps divides the 1000 timesteps.
        for (int steps : new int[] {2, 5, 20}) {
            List<double[]> samples = run(config(kind, spacing, prediction), steps, 0);

            assertThat(samples).hasSize(kind == SamplerKind.PNDM ? steps + 1 : steps);
            // At its last timestep of 39 or more, LCM keeps 0.25 / (10 * 39)² of the sample.
            double tolerance = kind == SamplerKind.LCM ? 1e-5 : 1e-9;
            assertThat(samples.get(samples.size() - 1))
                    .as("%s steps", steps)
                    .containsExactly(ORIGINAL, within(tolerance));
        }
    }

    /** The straight line between noise and original, in the space where the noise's share is the timestep's. */
    @ParameterizedTest
    @EnumSource(
            value = SamplerKind.class,
            names = {"DPM", "UNIPC", "DDIM"})
    void theWayIsThatOfTheEquation(SamplerKind kind) {
        SamplerConfig config = config(kind, Spacing.TRAILING, Prediction.EPSILON);
        NoiseSchedule schedule = config.schedule();
        Sampler sampler = config.start(10, 0);
        double[] timesteps = sampler.timesteps();
        double first = Math.sqrt(schedule.alphaBar(999));
        // The noise that the first sample, noise alone, has in the eyes of the model.
        double[] noise = Sums.of(
                1 / Math.sqrt(1 - schedule.alphaBar(999)),
                NOISE,
                -first / Math.sqrt(1 - schedule.alphaBar(999)),
                ORIGINAL);

        List<double[]> samples = run(config, 10, 0);

        for (int i = 0; i + 1 < timesteps.length; i++) {
            double share = schedule.alphaBar((int) timesteps[i + 1]);
            assertThat(samples.get(i))
                    .as("after step %s", i)
                    .containsExactly(Sums.of(Math.sqrt(share), ORIGINAL, Math.sqrt(1 - share), noise), within(1e-9));
        }
    }

    @Test
    void noiseIsDrawnWhereItBelongs() {
        for (SamplerKind kind : SamplerKind.values()) {
            int[] draws = {0};
            Sampler sampler = config(kind, Spacing.LEADING, Prediction.EPSILON).start(4, 0);
            double[] sample = NOISE;
            for (int i = 0; i < sampler.timesteps().length; i++) {
                sample = sampler.step(NOISE, sample, () -> {
                    draws[0]++;
                    return NOISE;
                });
            }
            assertThat(draws[0])
                    .as(kind.id())
                    .isEqualTo(
                            switch (kind) {
                                case EULER_ANCESTRAL -> 4;
                                case LCM -> 3;
                                default -> 0;
                            });
            double[] last = sample;
            assertThatThrownBy(() -> sampler.step(NOISE, last, () -> NOISE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("steps are done");
        }
    }

    /** With eta 1 and the perfect model, what is left of the first noise is replaced by as much new noise. */
    @Test
    void ddimCanAddNoise() {
        SamplerConfig config = config(SamplerKind.DDIM, Spacing.LEADING, Prediction.EPSILON);
        assertThat(run(config, 5, 1).get(0)).isNotEqualTo(run(config, 5, 0).get(0));
        assertThat(run(config, 5, 1).get(4)).containsExactly(ORIGINAL, within(1e-9));
    }

    @Test
    void originalsCanBeKeptWithinBounds() {
        SamplerConfig config = new SamplerConfig(
                file("{'_class_name': 'DDIMScheduler', 'clip_sample_range': 2}"),
                SamplerKind.DDIM,
                Release.V0_40,
                Optional.of(Prediction.SAMPLE));

        assertThat(config.start(1, 0).original(new double[] {-3, 1, 5}, NOISE)).containsExactly(-2, 1, 2);
    }

    /** From 4 to 1/4 over three levels: the seventh roots' mean in the middle. */
    @Test
    void karrasLevelsAreEquallyFarApartInTheirSeventhRoots() {
        double middle = Math.pow((Math.pow(4, 1 / 7.0) + Math.pow(0.25, 1 / 7.0)) / 2, 7);
        assertThat(SigmaGrid.karras(4, 0.25, 3)).containsExactly(new double[] {4, middle, 0.25}, within(1e-12));
        assertThat(SigmaGrid.karras(4, 0.25, 1)).containsExactly(new double[] {4}, within(1e-12));
    }

    @Test
    void timestepsAreFoundFromTheirNoise() {
        NoiseSchedule schedule = NoiseSchedule.parse(file(SCHEDULE.formatted("DDIMScheduler", "leading")));
        double between = Math.sqrt(schedule.sigma(500) * schedule.sigma(501));
        assertThat(SigmaGrid.timesteps(schedule, 1e6, schedule.sigma(999), between, schedule.sigma(3), 1e-9))
                .containsExactly(new double[] {999, 999, 500.5, 3, 0}, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'_class_name': 'PNDMScheduler' | 10 | skip_prk_steps must be true: PNDM's Runge-Kutta steps are not supported",
                "'_class_name': 'DDIMScheduler', 'thresholding': true | 10 | thresholding is true; this is supported: [false]",
                "'_class_name': 'DDIMScheduler' | 1001 | 1001 steps are wanted of the sampler ddim, which can do 1 to 1000 with this schedule",
                "'_class_name': 'DDIMScheduler', 'steps_offset': 1 | 1000 | 1000 steps with steps_offset 1 go from timestep 1000.0 to 1.0, but there are 0 to 999",
                "'_class_name': 'DDIMScheduler', 'timestep_spacing': 'even' | 10 | timestep_spacing is \"even\"; this is supported: [\"leading\", \"linspace\", \"trailing\"]",
                "'_class_name': 'DDIMScheduler', 'timestep_spacing': 'trailing', 'rescale_betas_zero_snr': true | 10 | rescale_betas_zero_snr leaves no signal at timestep 999",
                "'_class_name': 'LCMScheduler' | 51 | 51 steps are wanted of the sampler lcm, which can do 1 to 50 with this schedule",
                "'_class_name': 'EulerDiscreteScheduler', 'use_beta_sigmas': true | 10 | use_beta_sigmas is true; this is supported: [false]",
                "'_class_name': 'EulerDiscreteScheduler', 'timestep_type': 'continuous' | 10 | timestep_type is \"continuous\"; this is supported: [\"discrete\"]",
                "'_class_name': 'DPMSolverMultistepScheduler', 'algorithm_type': 'sde-dpmsolver++' | 10 | algorithm_type is \"sde-dpmsolver++\"; this is supported: [\"dpmsolver++\", \"deis\"]",
                "'_class_name': 'DPMSolverMultistepScheduler', 'solver_order': 3 | 10 | solver_order is 3; this is supported: [2]",
                "'_class_name': 'DPMSolverMultistepScheduler', 'lambda_min_clipped': -5.1 | 10 | lambda_min_clipped is -5.1; this is supported: [-Infinity, -inf]",
                "'_class_name': 'DPMSolverMultistepScheduler' | 1000 | 1000 steps are too many for the sampler dpm++: some would not change the noise",
                "'_class_name': 'UniPCMultistepScheduler', 'disable_corrector': [0] | 10 | disable_corrector must be empty",
                "'_class_name': 'UniPCMultistepScheduler', 'final_sigmas_type': 'some' | 10 | final_sigmas_type is \"some\"; this is supported: [\"zero\", \"sigma_min\"]"
            })
    void whatIsNotSupportedIsRefused(String json, int steps, String message) {
        SamplerConfig config = new SamplerConfig(
                file("{%s}".formatted(json)),
                SamplerConfig.kind(file("{%s}".formatted(json))),
                Release.V0_40,
                Optional.empty());
        assertThatThrownBy(() -> config.start(steps, 0))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("scheduler.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void filesOfOtherSamplersAreTakenForDdim() {
        assertThat(SamplerConfig.kind(file("{'_class_name': 'DDPMScheduler'}"))).isEqualTo(SamplerKind.DDIM);
        assertThat(SamplerConfig.kind(file("{}"))).isEqualTo(SamplerKind.DDIM);
        assertThat(SamplerConfig.kind(file("{'_class_name': 'LCMScheduler'}"))).isEqualTo(SamplerKind.LCM);
    }
}
