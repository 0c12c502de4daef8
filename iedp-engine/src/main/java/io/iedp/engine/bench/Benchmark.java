package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.nn.Kernels;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.BuildData;
import io.iedp.engine.model.ModelWatch;
import io.iedp.engine.model.PerceptionModel;
import io.iedp.nn.Gradients;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.ServiceLoader;

/**
 * Times the parts of a model on made-up pictures. What is compared runs in turn, so that a machine
 * whose speed drifts treats all alike.
 */
public final class Benchmark implements AutoCloseable {
    private static final int UNIT_REPEATS = 8;
    private static final int UNIT_CHANNELS = 320;
    private static final int UNIT_EDGE = 64;

    private final Assembly assembly;
    private final Watch watch;
    private final BuildData data;
    private final Settings settings;
    private final List<Part> parts;
    private final Inputs inputs;

    private Benchmark(Assembly assembly, Watch watch, BuildData data, Settings settings) {
        this.assembly = assembly;
        this.watch = watch;
        this.data = data;
        this.settings = settings;
        this.inputs = inputs();
        this.parts = parts();
    }

    /**
     * What to time on.
     *
     * @param width of the pictures
     * @param height of the pictures
     * @param batch pictures in one pass
     * @param repeats how often each part runs
     * @param gradients whether the backbone's part of a training step is timed too
     * @param profile whether the time of each part is told by kernel, too
     */
    public record Settings(int width, int height, int batch, int repeats, boolean gradients, boolean profile) {}

    /**
     * What one part took.
     *
     * @param part its name
     * @param milliseconds the median
     * @param best the shortest, in milliseconds
     * @param imagesPerSecond by the median
     * @param gflops billions of operations a second by the median, where they were counted
     * @param peakMemory most resident memory in bytes, where the system tells
     * @param profile its time by kernel, if that was asked for
     */
    public record Row(
            String part,
            double milliseconds,
            double best,
            double imagesPerSecond,
            OptionalDouble gflops,
            OptionalLong peakMemory,
            List<KernelProfile.Row> profile) {}

    /**
     * A pass to time; it leaves nothing behind.
     *
     * @param counted whether all of its operations are seen; those of a backward pass are not
     */
    private record Part(String name, boolean counted, Runnable pass) {
        Part(String name, Runnable pass) {
            this(name, true, pass);
        }
    }

    /** What stands between the components and the kernels. */
    private static final class Watch implements ModelWatch {
        private final boolean profiled;
        private FlopCounter counter;
        private Optional<KernelProfile> profile = Optional.empty();

        Watch(boolean profiled) {
            this.profiled = profiled;
        }

        @Override
        public Kernels kernels(Kernels kernels) {
            counter = new FlopCounter(kernels);
            profile = profiled ? Optional.of(new KernelProfile(counter)) : Optional.empty();
            return profile.map(KernelProfile::kernels).orElse(counter);
        }
    }

    private record Inputs(Batch batch, NDArray latents, NDArray context) {}

    /**
     * Builds the model of an experiment for the classes of its data, which need not be there.
     *
     * @throws UserException if a component cannot work as configured, or the size does not suit the backbone
     */
    public static Benchmark of(Experiment experiment, Settings settings) {
        BuildData data = BuildData.of(experiment);
        Watch watch = new Watch(settings.profile());
        Assembly assembly = Assembly.of(experiment, data.info(), watch);
        try {
            assembly.lower(parameter -> !settings.gradients() || parameter.role() == Parameter.Role.FROZEN);
            if (!settings.gradients()) {
                assembly.pack();
            }
            return new Benchmark(assembly, watch, data, settings);
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
    }

    /** How many classes the model tells apart. */
    public int classes() {
        return data.info().classes().size();
    }

    /** Why these are not the classes of the experiment's data, if they are not. */
    public Optional<String> note() {
        return data.note();
    }

    /** Times every part. */
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        for (Part part : parts) {
            watch.counter.take();
            part.pass().run();
            long operations = watch.counter.take();
            PeakMemory.reset();
            double[] times = new double[settings.repeats()];
            for (int i = 0; i < times.length; i++) {
                times[i] = time(part.pass());
            }
            OptionalLong peak = PeakMemory.bytes();
            List<KernelProfile.Row> profile = watch.profile
                    .map(kernels -> kernels.of(part.pass(), settings.repeats()))
                    .orElse(List.of());
            rows.add(row(part.name(), times, part.counted() ? operations : 0, peak, profile));
        }
        return rows;
    }

    /**
     * Times the backbone's features and a network of another engine on the same latents and guidance, in turn.
     *
     * @param file a TorchScript network that takes latents (B, C, h, w), a timestep (1) and guidance (B, T, width), or a file of an
     *     engine that is on the class path
     * @param timestep for a TorchScript network
     * @throws UserException if the file is no such network
     */
    public List<Row> against(Path file, double timestep) {
        try (Rival rival = rival(file, timestep)) {
            Runnable other = rival::pass;
            Runnable own = this::features;
            own.run();
            other.run();
            double[] ownTimes = new double[settings.repeats()];
            double[] otherTimes = new double[settings.repeats()];
            for (int i = 0; i < settings.repeats(); i++) {
                ownTimes[i] = time(own);
                otherTimes[i] = time(other);
            }
            return List.of(
                    row("backbone features", ownTimes, 0, OptionalLong.empty(), List.of()),
                    row(file.getFileName().toString(), otherTimes, 0, OptionalLong.empty(), List.of()));
        }
    }

    private Rival rival(Path file, double timestep) {
        String name = file.getFileName().toString();
        return ServiceLoader.load(RivalEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> name.endsWith(engine.ending()))
                .findFirst()
                .map(engine -> engine.open(
                        file,
                        assembly.kernels().float32(inputs.latents()),
                        inputs.context(),
                        TorchRuntime.get().computeThreads().most()))
                .orElseGet(
                        () -> new ScriptRival(file, assembly.manager(), inputs.latents(), timestep, inputs.context()));
    }

    /**
     * The time of one 3 x 3 convolution from 320 to 320 channels on 64 x 64 cells in 32 bits, best of 8, in
     * milliseconds: a unit that travels between machines of one kind.
     */
    public double unit() {
        NDManager manager = assembly.manager();
        TorchKernels kernels = assembly.kernels();
        try (NDArray x = manager.randomNormal(new Shape(1, UNIT_CHANNELS, UNIT_EDGE, UNIT_EDGE));
                NDArray weight = manager.randomNormal(new Shape(UNIT_CHANNELS, UNIT_CHANNELS, 3, 3))) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < UNIT_REPEATS; i++) {
                best = Math.min(best, time(() -> inScope(() -> kernels.conv2d(x, weight, 1, 1))));
            }
            return best;
        }
    }

    @Override
    public void close() {
        assembly.close();
    }

    private Inputs inputs() {
        Backbone backbone = assembly.backbone();
        int multiple = backbone.sizeMultiple();
        if (settings.width() % multiple != 0 || settings.height() % multiple != 0) {
            throw new UserException("The size %s x %s does not suit the backbone: both must be multiples of %s"
                    .formatted(settings.width(), settings.height(), multiple));
        }
        NDManager manager = assembly.manager();
        Sample sample = sample();
        HostBatch host = HostBatch.of(Collections.nCopies(settings.batch(), sample));
        try (Gradients.Recording off = Gradients.pause()) {
            Batch batch = host.toDevice(manager);
            NDArray latents = backbone.encode(batch.pixels());
            int tokens = branches().values().iterator().next().tokens();
            NDArray context = manager.randomNormal(
                    new Shape(settings.batch(), tokens, backbone.contextWidth()), DataType.FLOAT32);
            return new Inputs(batch, latents, context);
        }
    }

    private Sample sample() {
        int pixels = settings.width() * settings.height();
        Raster labels = Raster.labels(settings.width(), settings.height(), new float[pixels]);
        byte[] noise = new byte[3 * pixels];
        new Random(0).nextBytes(noise);
        float[] metres = new float[pixels];
        Arrays.fill(metres, 1);
        return new Sample(
                "made-up",
                new RgbImage(settings.width(), settings.height(), noise),
                Map.of(Sample.LABELS, labels, Sample.DEPTH, Raster.depth(settings.width(), settings.height(), metres)),
                Map.of(Sample.CAPTION, "a photo of a room", Sample.SCENE, "kitchen"));
    }

    private List<Part> parts() {
        List<Part> all = new ArrayList<>();
        Backbone backbone = assembly.backbone();
        all.add(new Part(
                "backbone encode",
                () -> inScope(() -> backbone.encode(inputs.batch().pixels()))));
        all.add(new Part("backbone features", this::features));
        if (settings.gradients()) {
            all.add(new Part("backbone forward and backward", false, this::forwardAndBackward));
        }
        branches()
                .forEach((name, branch) -> all.add(new Part(
                        "guidance " + name, () -> inScope(() -> branch.embed(branch.encode(inputs.batch()))))));
        PerceptionModel model = assembly.model();
        all.add(new Part(
                "whole inference",
                () -> inScope(() -> model.predict(
                        inputs.batch().withPixels(inputs.batch().pixels()),
                        assembly.tasks().heads()))));
        return all;
    }

    private Map<String, GuidanceBranch> branches() {
        return assembly.model().branches();
    }

    private void features() {
        inScope(() -> assembly.backbone().features(inputs.latents(), inputs.context()));
    }

    /** From a sum over the features to the weights that train, and to the guidance. */
    private void forwardAndBackward() {
        List<NDArray> trained = assembly.weights().parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.TRAINED)
                .map(Parameter::array)
                .toList();
        try (NDScope scope = new NDScope();
                NDArray context = inputs.context().duplicate();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            context.setRequiresGradient(true);
            Gradients.backward(assembly.backbone().features(inputs.latents(), context).levels().stream()
                    .map(NDArray::sum)
                    .reduce(NDArray::add)
                    .orElseThrow());
        }
        trained.forEach(Gradients::clear);
    }

    private static void inScope(Runnable pass) {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            pass.run();
        }
    }

    /** The upper one, of an even number. */
    static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double time(Runnable pass) {
        long start = System.nanoTime();
        pass.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private Row row(String name, double[] times, long operations, OptionalLong peak, List<KernelProfile.Row> profile) {
        double median = median(times);
        return new Row(
                name,
                median,
                Arrays.stream(times).min().orElseThrow(),
                settings.batch() * 1000 / median,
                operations == 0 ? OptionalDouble.empty() : OptionalDouble.of(operations / 1e6 / median),
                peak,
                profile);
    }
}
