package io.iedp.verify.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.ConfigFile;
import io.iedp.pretraining.MinSnr;
import io.iedp.pretraining.NoiseSchedule;
import io.iedp.pretraining.Release;
import io.iedp.pretraining.Sampler;
import io.iedp.pretraining.SamplerKind;
import io.iedp.pretraining.SigmaGrid;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Cases of diffusers' schedulers: tables of noise, weights of the loss, and samplers that step through outputs that are given.
 */
public final class SchedulersVerifier implements Verifier {
    private static final double GAMMA = 5;

    @Override
    public String kind() {
        return "schedulers";
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return RecordedSampler.comparison(recorded, name);
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        addTables(recorded, computed);
        RecordedSampler.all(recorded, "trajectories")
                .forEach((name, sampler) -> new Trajectory(recorded, name, sampler, computed).add());
        return computed;
    }

    private static void addTables(RecordedCase recorded, Map<String, NDArray> computed) {
        ConfigFile base = RecordedSampler.base(RecordedSampler.meta(recorded));
        NoiseSchedule schedule = NoiseSchedule.parse(base);
        ConfigFile rescaled = new ConfigFile(base.json().deepCopy(), base.description());
        rescaled.json().addProperty("rescale_betas_zero_snr", true);
        NDManager manager = recorded.manager();
        computed.put("alphas_cumprod", table(manager, schedule, schedule::alphaBar));
        computed.put("alphas_cumprod.zero_snr", table(manager, schedule, NoiseSchedule.parse(rescaled)::alphaBar));
        computed.put("snr", table(manager, schedule, schedule::snr));
        Map.of("eps", MinSnr.EPSILON, "v", MinSnr.VELOCITY, "v_022", MinSnr.VELOCITY_BEFORE_0_26)
                .forEach((name, weights) -> computed.put(
                        "snr_weights." + name,
                        table(manager, schedule, timestep -> weights.weight(schedule.snr(timestep), GAMMA))));
        if (recorded.inputs().containsKey("latents")) {
            NDArray latents = recorded.input("latents");
            NDArray noise = recorded.input("latent_noise");
            int[] timesteps = Arrays.stream(recorded.input("noise_timesteps").toLongArray())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            computed.put("add_noise", schedule.addNoise(latents, noise, timesteps));
            computed.put("velocity", schedule.velocity(latents, noise, timesteps));
        }
    }

    private static NDArray table(NDManager manager, NoiseSchedule schedule, IntToDoubleFunction value) {
        return manager.create(
                IntStream.range(0, schedule.timesteps()).mapToDouble(value).toArray());
    }

    /** One sampler's way. */
    private record Trajectory(
            RecordedCase recorded, String name, RecordedSampler settings, Map<String, NDArray> computed) {
        void add() {
            Sampler sampler = settings.start();
            double[] timesteps = sampler.timesteps();
            double[] start = doubles("start");
            double[] outputs = doubles("model_outputs");
            double[] noise = doubles("noise");
            int each = start.length;
            double[] samples = new double[timesteps.length * each];
            double[] inputs = new double[samples.length];
            double[] originals = new double[samples.length];
            double[] sample =
                    Arrays.stream(start).map(x -> x * sampler.initialNoise()).toArray();
            for (int i = 0; i < timesteps.length; i++) {
                double[] output = Arrays.copyOfRange(outputs, i * each, (i + 1) * each);
                double[] drawn = Arrays.copyOfRange(noise, i * each, (i + 1) * each);
                System.arraycopy(sampler.input(sample), 0, inputs, i * each, each);
                System.arraycopy(sampler.original(output, sample), 0, originals, i * each, each);
                sample = sampler.step(output, sample, () -> drawn);
                System.arraycopy(sample, 0, samples, i * each, each);
            }
            put("timesteps", new Shape(timesteps.length), timesteps);
            put("init_noise_sigma", new Shape(1), sampler.initialNoise());
            Shape shape =
                    new Shape(timesteps.length).addAll(recorded.input("start").getShape());
            put("traj", shape, samples);
            put("scaled", shape, inputs);
            put("x0", shape, originals);
            sigmas(sampler).ifPresent(sigmas -> {
                put("sigmas", new Shape(sigmas.length), sigmas);
                if (recorded.inputs().containsKey("euler_indices")) {
                    addNoise(sigmas);
                }
            });
        }

        /** Original and so much noise as there is before some steps. */
        private void addNoise(double... sigmas) {
            long[] steps = recorded.input("euler_indices").toLongArray();
            double[] latents = doubles("latents");
            double[] noise = doubles("latent_noise");
            int each = latents.length
                    / Math.toIntExact(recorded.input("latents").getShape().get(0));
            double[] noisy = IntStream.range(0, steps.length * each)
                    .mapToDouble(i -> latents[i] + sigmas[Math.toIntExact(steps[i / each])] * noise[i])
                    .toArray();
            Shape shape = recorded.input("latents").getShape();
            put("add_noise", new Shape(steps.length).addAll(shape.slice(1)), noisy);
        }

        /** Where the old release has Karras' list, it runs upwards, and is not what its samplers go by. */
        private Optional<double[]> sigmas(Sampler sampler) {
            boolean multistep = List.of(SamplerKind.DPM, SamplerKind.UNIPC)
                    .contains(settings.config().kind());
            if (settings.config().release() == Release.V0_20
                    && multistep
                    && settings.config().file().flag("use_karras_sigmas", false)) {
                NoiseSchedule schedule = settings.config().schedule();
                return Optional.of(SigmaGrid.karras(
                        schedule.sigma(0), schedule.sigma(schedule.timesteps() - 1), settings.steps()));
            }
            return sampler.sigmas();
        }

        private double[] doubles(String input) {
            return recorded.input(input).toType(DataType.FLOAT64, true).toDoubleArray();
        }

        private void put(String what, Shape shape, double... values) {
            computed.put(what + "." + name, recorded.manager().create(values, shape));
        }
    }
}
