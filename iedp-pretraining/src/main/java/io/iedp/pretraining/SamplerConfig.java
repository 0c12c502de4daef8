package io.iedp.pretraining;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A sampler as diffusers' {@code scheduler_config.json} sets it up. As there, a file may be of another sampler than the one that
 * runs: keys that it does not know are passed over, and those that are missing have the defaults of its own class.
 *
 * @param file the configuration
 * @param kind which sampler runs
 * @param release of diffusers that it follows
 * @param prediction what the model predicts, if it is not what the file says
 */
public record SamplerConfig(ConfigFile file, SamplerKind kind, Release release, Optional<Prediction> prediction) {
    /** Below so many steps, the last one of a multistep sampler is of first order. */
    private static final int MANY = 15;

    /** Of a Stable Diffusion that comes without a configuration. */
    public static ConfigFile stableDiffusion(String description) {
        JsonObject json = new JsonObject();
        json.addProperty("beta_start", 0.00085);
        json.addProperty("beta_end", 0.012);
        json.addProperty("beta_schedule", "scaled_linear");
        json.addProperty("steps_offset", 1);
        json.addProperty("set_alpha_to_one", false);
        json.addProperty("clip_sample", false);
        json.addProperty("skip_prk_steps", true);
        return new ConfigFile(json, description);
    }

    /** The sampler that a file is of, or DDIM if it is of one that there is not here, or says none. */
    public static SamplerKind kind(ConfigFile file) {
        return SamplerKind.ofClassName(NoiseSchedule.className(file)).orElse(SamplerKind.DDIM);
    }

    /** The noise that this sampler goes by. */
    public NoiseSchedule schedule() {
        boolean known = release == Release.V0_20 ? kind == SamplerKind.DDIM : kind != SamplerKind.PNDM;
        return NoiseSchedule.parse(
                file,
                known && file.flag("rescale_betas_zero_snr", false),
                prediction.orElseGet(() -> NoiseSchedule.prediction(file)));
    }

    /**
     * A sampler at its begin.
     *
     * @param steps how many, though PNDM asks the model once more
     * @param eta how much of DDPM's noise DDIM adds; others pass it over
     * @throws UserException if something in the file is not supported, or there are too many steps for it
     */
    public Sampler start(int steps, double eta) {
        file.expect("thresholding", false);
        NoiseSchedule schedule = schedule();
        int most = kind == SamplerKind.LCM ? distilled(schedule) : schedule.timesteps();
        if (steps < 1 || steps > most) {
            throw file.wrong("%s steps are wanted of the sampler %s, which can do 1 to %s with this schedule"
                    .formatted(steps, kind.id(), most));
        }
        return switch (kind) {
            case DDIM -> new Ddim(levels(schedule, true), Clipping.parse(file, true), eta, whole(schedule, steps));
            case PNDM -> pndm(schedule, steps);
            case LCM -> lcm(schedule, steps);
            case EULER, EULER_ANCESTRAL -> euler(schedule, steps);
            case DPM -> dpm(schedule, steps);
            case UNIPC -> uniPc(schedule, steps);
        };
    }

    private Levels levels(NoiseSchedule schedule, boolean endsClean) {
        return Levels.of(schedule, file.flag("set_alpha_to_one", endsClean));
    }

    private Sampler pndm(NoiseSchedule schedule, int steps) {
        boolean own = SamplerKind.PNDM.className().equals(NoiseSchedule.className(file));
        if (!file.flag("skip_prk_steps", !own)) {
            throw file.wrong("skip_prk_steps must be true: PNDM's Runge-Kutta steps are not supported");
        }
        return new Pndm(levels(schedule, false), whole(schedule, steps));
    }

    private Sampler lcm(NoiseSchedule schedule, int steps) {
        double[] timesteps = Lcm.timesteps(steps, distilled(schedule), schedule.timesteps());
        double scaling = file.positive("timestep_scaling", 1e6, 10);
        return new Lcm(levels(schedule, true), Clipping.parse(file, false), scaling, withSignal(schedule, timesteps));
    }

    private int distilled(NoiseSchedule schedule) {
        return file.size("original_inference_steps", schedule.timesteps(), Math.min(50, schedule.timesteps()));
    }

    private Sampler euler(NoiseSchedule schedule, int steps) {
        refuseOtherSigmas();
        file.expect("interpolation_type", "linear");
        file.expect("timestep_type", "discrete");
        boolean ancestral = kind == SamplerKind.EULER_ANCESTRAL;
        Spacing spacing = Spacing.parse(file, Spacing.LINSPACE);
        double[] timesteps = inRange(schedule, spacing.timesteps(steps, schedule.timesteps(), offset()));
        double[] sigmas = SigmaGrid.at(schedule, timesteps);
        if (!ancestral && file.flag("use_karras_sigmas", false)) {
            sigmas = SigmaGrid.karras(
                    file.positive("sigma_max", 1e6, sigmas[0]),
                    file.positive("sigma_min", 1e6, sigmas[steps - 1]),
                    steps);
            timesteps = SigmaGrid.timesteps(schedule, sigmas);
        }
        double end = !ancestral && endsNoisy() ? schedule.sigma(0) : 0;
        return new Euler(
                falling(SigmaGrid.of(timesteps, sigmas, end)),
                schedule.prediction(),
                ancestral,
                spacing == Spacing.LEADING);
    }

    private Sampler dpm(NoiseSchedule schedule, int steps) {
        file.expect("algorithm_type", "dpmsolver++", "deis");
        // Those of other classes stand for its own, as in the original.
        file.expect("solver_type", "midpoint", "logrho", "bh1", "bh2");
        file.expect("variance_type");
        refuseClippedLambdas();
        SigmaGrid grid = multistep(schedule, steps);
        boolean few = grid.timesteps().length < MANY && file.flag("lower_order_final", true);
        boolean firstOrderAtEnd =
                release == Release.V0_20 ? few : few || !endsNoisy() || file.flag("euler_at_final", false);
        return new DpmSolver(grid, schedule.prediction(), firstOrderAtEnd, release != Release.V0_20);
    }

    private Sampler uniPc(NoiseSchedule schedule, int steps) {
        file.expect("predict_x0", true);
        file.expect("lower_order_final", true);
        file.expect("solver_type", "bh1", "bh2", "midpoint", "heun", "logrho");
        file.expect("solver_p");
        if (file.has("disable_corrector") && !file.integers("disable_corrector").isEmpty()) {
            throw file.wrong("disable_corrector must be empty: steps without UniPC's corrector are not supported");
        }
        return new UniPc(
                multistep(schedule, steps),
                schedule.prediction(),
                file.string("solver_type", "bh2").equals("bh1"),
                release != Release.V0_20);
    }

    /** The grid of DPM++ and UniPC. */
    private SigmaGrid multistep(NoiseSchedule schedule, int steps) {
        refuseOtherSigmas();
        file.expect("solver_order", 2);
        file.expect("use_lu_lambdas", false);
        file.expect("use_flow_sigmas", false);
        int trained = schedule.timesteps();
        Spacing spacing = Spacing.parse(file, Spacing.LINSPACE);
        double[] timesteps = inRange(schedule, Levels.whole(spacing.timestepsWithoutEnd(steps, trained, offset())));
        double[] sigmas = SigmaGrid.at(schedule, timesteps);
        boolean karras = file.flag("use_karras_sigmas", false);
        if (karras) {
            sigmas = SigmaGrid.karras(schedule.sigma(trained - 1), schedule.sigma(0), steps);
            double[] between = SigmaGrid.timesteps(schedule, sigmas);
            timesteps = rounds()
                    ? Levels.whole(between)
                    : Arrays.stream(between).map(Math::floor).toArray();
        }
        if (release == Release.V0_20) {
            double[] distinct = Arrays.stream(timesteps).distinct().toArray();
            return SigmaGrid.of(distinct, SigmaGrid.at(schedule, distinct), schedule.sigma(0));
        }
        double least = karras && kind == SamplerKind.UNIPC ? sigmas[steps - 1] : schedule.sigma(0);
        return falling(SigmaGrid.of(timesteps, sigmas, endsNoisy() ? least : 0));
    }

    /** Whether Karras' timesteps are rounded, not cut. */
    private boolean rounds() {
        return kind == SamplerKind.UNIPC
                || release == Release.V0_20
                || !file.string("beta_schedule", "linear").equals("squaredcos_cap_v2");
    }

    private boolean endsNoisy() {
        file.expect("final_sigmas_type", "zero", "sigma_min");
        return file.string("final_sigmas_type", "zero").equals("sigma_min");
    }

    private void refuseOtherSigmas() {
        file.expect("use_exponential_sigmas", false);
        file.expect("use_beta_sigmas", false);
    }

    /** None are clipped at minus infinity, which JSON has no number for. */
    private void refuseClippedLambdas() {
        String key = "lambda_min_clipped";
        List<String> none = List.of("-Infinity", "-inf");
        if (file.has(key)
                && !(file.json().get(key) instanceof JsonPrimitive value && none.contains(value.getAsString()))) {
            throw file.wrong(
                    "%s is %s; this is supported: %s".formatted(key, file.json().get(key), none));
        }
    }

    private int offset() {
        return file.has("steps_offset") ? file.integer("steps_offset") : 0;
    }

    private double[] whole(NoiseSchedule schedule, int steps) {
        Spacing spacing = Spacing.parse(file, Spacing.LEADING);
        return withSignal(
                schedule, inRange(schedule, Levels.whole(spacing.timesteps(steps, schedule.timesteps(), offset()))));
    }

    private double[] inRange(NoiseSchedule schedule, double... timesteps) {
        if (timesteps[0] > schedule.timesteps() - 1 || timesteps[timesteps.length - 1] < 0) {
            throw file.wrong("%s steps with steps_offset %s go from timestep %s to %s, but there are 0 to %s"
                    .formatted(
                            timesteps.length,
                            offset(),
                            timesteps[0],
                            timesteps[timesteps.length - 1],
                            schedule.timesteps() - 1));
        }
        return timesteps;
    }

    /** The noise of a sample without signal is all there is to it. */
    private double[] withSignal(NoiseSchedule schedule, double... timesteps) {
        if (schedule.prediction() == Prediction.EPSILON && schedule.alphaBar((int) timesteps[0]) == 0) {
            throw file.wrong(
                    "rescale_betas_zero_snr leaves no signal at timestep %s, where a model of prediction_type epsilon predicts nothing; v_prediction goes with it"
                            .formatted((int) timesteps[0]));
        }
        return timesteps;
    }

    private SigmaGrid falling(SigmaGrid grid) {
        double[] sigmas = grid.sigmas();
        int steps = sigmas.length - 1;
        if (IntStream.range(1, steps).anyMatch(i -> !(sigmas[i] < sigmas[i - 1]))
                || sigmas[steps] > sigmas[steps - 1]) {
            throw file.wrong("%s steps are too many for the sampler %s: some would not change the noise"
                    .formatted(steps, kind.id()));
        }
        return grid;
    }
}
