package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Scopes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much noise a diffusion model sees at each timestep (Ho et al., 2020), and what it predicts of it. A noisy sample is
 * {@code sqrt(alphaBar) * original + sqrt(1 - alphaBar) * noise}. Read from diffusers' {@code scheduler_config.json};
 * tables are in 64 bits.
 */
public final class NoiseSchedule {
    private static final String CLASS = "_class_name";
    private static final String RESCALE = "rescale_betas_zero_snr";
    private static final String PREDICTION = "prediction_type";

    /** Far more than any model is trained on. */
    private static final int MOST_TIMESTEPS = 10_000;

    /** Classes whose noise starts and ends as in latent diffusion unless they say otherwise. */
    private static final Set<String> LATENT = Set.of(
            SamplerKind.LCM.className(),
            "HeunDiscreteScheduler",
            "KDPM2DiscreteScheduler",
            "KDPM2AncestralDiscreteScheduler",
            "DPMSolverSDEScheduler");

    /** Other classes with such a schedule, which generates with another sampler. */
    private static final List<String> OTHER = List.of(
            "DDPMScheduler",
            "LMSDiscreteScheduler",
            "DEISMultistepScheduler",
            "DPMSolverSinglestepScheduler",
            "HeunDiscreteScheduler",
            "KDPM2DiscreteScheduler",
            "KDPM2AncestralDiscreteScheduler",
            "DPMSolverSDEScheduler");

    /** The largest share of noise that a ratio of noise to signal is taken of, as diffusers has it. */
    private static final double LEAST_SIGNAL = 0x1p-24;

    private final double[] alphaBar;
    private final Prediction prediction;

    /**
     * @param betas the variance of the noise that each timestep adds, from 0 to 1
     * @param zeroSnr whether they are rescaled so that the last timestep has no signal left (Lin et al., 2024, algorithm 1)
     */
    NoiseSchedule(double[] betas, boolean zeroSnr, Prediction prediction) {
        this.prediction = prediction;
        alphaBar = new double[betas.length];
        double product = 1;
        for (int i = 0; i < betas.length; i++) {
            if (!(betas[i] >= 0 && betas[i] < 1)) {
                throw new IllegalArgumentException(
                        "the noise of timestep %s is %s, but must be from 0 to below 1".formatted(i, betas[i]));
            }
            product *= 1 - betas[i];
            alphaBar[i] = product;
        }
        if (zeroSnr) {
            withoutLastSignal(alphaBar);
        }
    }

    private static void withoutLastSignal(double[] alphaBar) {
        double first = Math.sqrt(alphaBar[0]);
        double last = Math.sqrt(alphaBar[alphaBar.length - 1]);
        if (first == last) {
            throw new IllegalArgumentException("%s needs timesteps that differ in their noise".formatted(RESCALE));
        }
        for (int i = 0; i < alphaBar.length; i++) {
            double scaled = (Math.sqrt(alphaBar[i]) - last) * first / (first - last);
            alphaBar[i] = scaled * scaled;
        }
    }

    /**
     * Reads diffusers' {@code scheduler_config.json}, of any of its classes that have such a schedule.
     *
     * @throws UserException if it is another's, or something does not fit
     */
    public static NoiseSchedule parse(ConfigFile file) {
        return parse(file, file.flag(RESCALE, false), prediction(file));
    }

    /**
     * {@link #parse(ConfigFile)} with what the file does not decide.
     */
    static NoiseSchedule parse(ConfigFile file, boolean zeroSnr, Prediction prediction) {
        String name = className(file);
        int timesteps = file.size("num_train_timesteps", MOST_TIMESTEPS, 1000);
        double start = file.positive("beta_start", 1, LATENT.contains(name) ? 0.00085 : 0.0001);
        double end = file.positive("beta_end", 1, LATENT.contains(name) ? 0.012 : 0.02);
        file.expect("beta_schedule", "linear", "scaled_linear", "squaredcos_cap_v2");
        String shape =
                file.string("beta_schedule", name.equals(SamplerKind.LCM.className()) ? "scaled_linear" : "linear");
        if (file.has("trained_betas")) {
            List<Double> betas = file.numbers("trained_betas");
            if (betas.size() != timesteps) {
                throw file.wrong("trained_betas has %s values, but num_train_timesteps is %s"
                        .formatted(betas.size(), timesteps));
            }
            return file.make(() -> new NoiseSchedule(
                    betas.stream().mapToDouble(Double::doubleValue).toArray(), zeroSnr, prediction));
        }
        IntToDoubleFunction beta = switch (shape) {
            case "linear" -> i -> between(start, end, i, timesteps);
            case "scaled_linear" -> i -> Math.pow(between(Math.sqrt(start), Math.sqrt(end), i, timesteps), 2);
            default -> i -> Math.min(1 - cosine(i + 1, timesteps) / cosine(i, timesteps), 0.999);
        };
        return file.make(() -> new NoiseSchedule(
                IntStream.range(0, timesteps).mapToDouble(beta).toArray(), zeroSnr, prediction));
    }

    /** The class that the file configures, or nothing if it says none. */
    static String className(ConfigFile file) {
        file.expect(
                CLASS,
                Stream.concat(Arrays.stream(SamplerKind.values()).map(SamplerKind::className), OTHER.stream())
                        .toArray());
        return file.string(CLASS, "");
    }

    static Prediction prediction(ConfigFile file) {
        file.expect(
                PREDICTION,
                Arrays.stream(Prediction.values()).map(Prediction::published).toArray());
        String name = file.string(PREDICTION, Prediction.EPSILON.published());
        return Arrays.stream(Prediction.values())
                .filter(each -> each.published().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double between(double start, double end, int i, int count) {
        return count == 1 ? start : start + (end - start) * i / (count - 1);
    }

    /** The signal that is left after a part of all timesteps (Nichol and Dhariwal, 2021). */
    private static double cosine(int timestep, int timesteps) {
        double part = (double) timestep / timesteps;
        return Math.pow(Math.cos((part + 0.008) / 1.008 * Math.PI / 2), 2);
    }

    /** How many timesteps there are; they count from 0, where there is hardly any noise. */
    public int timesteps() {
        return alphaBar.length;
    }

    public Prediction prediction() {
        return prediction;
    }

    /** The share of the variance that is signal at a timestep, which diffusers calls {@code alphas_cumprod}. */
    public double alphaBar(int timestep) {
        return alphaBar[timestep];
    }

    /** The ratio of noise to signal at a timestep; where no signal is left, a very large one. */
    public double sigma(int timestep) {
        double signal = Math.max(alphaBar[timestep], LEAST_SIGNAL);
        return Math.sqrt((1 - signal) / signal);
    }

    /** {@link #sigma(int)} between the timesteps, on the straight line. */
    double sigma(double timestep) {
        int below = (int) timestep;
        return below == timestep ? sigma(below) : sigma(below) + (timestep - below) * (sigma(below + 1) - sigma(below));
    }

    /** The ratio of signal to noise, in variances. */
    public double snr(int timestep) {
        return alphaBar[timestep] / (1 - alphaBar[timestep]);
    }

    /**
     * The originals with the noise of a timestep each.
     *
     * @param original (B, ...)
     * @param noise standard normal, of the same shape
     * @param timesteps one of each of the B
     */
    public NDArray addNoise(NDArray original, NDArray noise, int... timesteps) {
        return Scopes.keep(() -> original.mul(factors(original, this::signal, timesteps))
                .add(noise.mul(factors(original, this::noise, timesteps))));
    }

    /**
     * What a model that predicts velocities is trained to give.
     *
     * @param original (B, ...)
     * @param noise that {@link #addNoise} added, of the same shape
     * @param timesteps one of each of the B
     */
    public NDArray velocity(NDArray original, NDArray noise, int... timesteps) {
        return Scopes.keep(() -> noise.mul(factors(original, this::signal, timesteps))
                .sub(original.mul(factors(original, this::noise, timesteps))));
    }

    private double signal(int timestep) {
        return Math.sqrt(alphaBar[timestep]);
    }

    private double noise(int timestep) {
        return Math.sqrt(1 - alphaBar[timestep]);
    }

    /** One factor of each of the batch, to be multiplied with all of it. */
    private static NDArray factors(NDArray like, IntToDoubleFunction factor, int... timesteps) {
        Shape shape = like.getShape();
        if (timesteps.length != shape.get(0)) {
            throw new IllegalArgumentException(
                    "%s timesteps do not go with a batch of %s".formatted(timesteps.length, shape.get(0)));
        }
        long[] axes = new long[shape.dimension()];
        Arrays.fill(axes, 1);
        axes[0] = timesteps.length;
        float[] values = new float[timesteps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) factor.applyAsDouble(timesteps[i]);
        }
        return like.getManager().create(values, new Shape(axes));
    }
}
