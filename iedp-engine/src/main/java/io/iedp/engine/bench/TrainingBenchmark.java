package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Devices;
import io.iedp.engine.model.ForwardingBackbone;
import io.iedp.engine.model.ForwardingBranch;
import io.iedp.engine.model.PerceptionModel;
import io.iedp.engine.training.GradientPass;
import io.iedp.engine.training.Optimizers;
import io.iedp.engine.training.Replicas;
import io.iedp.engine.training.StepClock;
import io.iedp.engine.training.TrainingStep;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows where the time of a training step goes, by watching the steps that training makes, and what the one pass for all
 * branches saves. On a GPU, whose kernels run while the program goes on, the time of a part is that of starting it.
 */
public final class TrainingBenchmark {
    private static final int WARM_UP = 3;
    private static final String DATA = "waiting for data";
    private static final String ENCODERS = "encoders before guidance";
    private static final String GUIDANCE = "guidance";
    private static final String BACKBONE = "backbone";
    private static final String HEAD = "head and loss";
    private static final String BACKWARD = "backward";
    private static final String EXCHANGE = "between devices";
    private static final String OPTIMIZER = "optimizer";
    private static final String OTHER = "other";
    private static final String STEP = "step";

    private final Experiment experiment;
    private final TrainingData data;
    private final Assembly assembly;
    private final GroupedOptimizer optimizer;

    private TrainingBenchmark(TrainingData data, Assembly assembly, GroupedOptimizer optimizer) {
        this.experiment = data.experiment();
        this.data = data;
        this.assembly = assembly;
        this.optimizer = optimizer;
    }

    /**
     * @param milliseconds the median
     * @param share of the step
     */
    public record Row(String part, double milliseconds, double share) {}

    /**
     * @param parts of a step, of which the last is the whole
     * @param alternatives to the one pass, and itself first, with their time as a multiple of its own; empty with one branch
     */
    public record Result(List<Row> parts, List<Row> alternatives) {}

    /**
     * Trains some steps.
     *
     * @param steps how many are timed; a few more come before
     * @throws io.iedp.api.UserException if the data is missing or a component cannot work as configured
     */
    public static Result of(Experiment experiment, int steps) {
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info());
                BatchLoader batches =
                        data.batches(0, Long.MAX_VALUE / experiment.training().batch(), assembly.learner()::prepare)) {
            assembly.lower(Parameter::isFrozenFromFile);
            ModelWeights weights = assembly.weights();
            try (GroupedOptimizer optimizer = Optimizers.of(experiment.training(), assembly.kernels(), weights)) {
                TrainingBenchmark benchmark = new TrainingBenchmark(data, assembly, optimizer);
                return new Result(benchmark.parts(batches, steps), benchmark.alternatives(batches, steps));
            }
        }
    }

    /** Goes through the steps of the experiment, and through them again where it has fewer. */
    private List<Row> parts(BatchLoader batches, int steps) {
        PartTimes times = new PartTimes();
        Map<String, double[]> all = new LinkedHashMap<>();
        partNames().forEach(part -> all.put(part, new double[steps]));
        GradientPass first = new GradientPass(watched(times), assembly.weights(), new Watch(times));
        try (Replicas replicas =
                        new Replicas(experiment, data.train().info(), first, assembly.kernels(), assembly.cache());
                TrainingStep step = new TrainingStep(experiment, replicas, optimizer, batches)) {
            for (int i = -WARM_UP; i < steps; i++) {
                int number = 1 + (i + WARM_UP) % experiment.training().steps();
                times.run(STEP, () -> step.make(number));
                Map<String, Double> taken = split(times.take());
                if (i >= 0) {
                    for (Map.Entry<String, double[]> part : all.entrySet()) {
                        part.getValue()[i] = taken.getOrDefault(part.getKey(), 0.0);
                    }
                }
            }
        }
        double whole = Benchmark.median(all.get(STEP));
        List<Row> rows = new ArrayList<>();
        all.forEach((part, each) -> rows.add(new Row(part, Benchmark.median(each), Benchmark.median(each) / whole)));
        return rows;
    }

    private List<String> partNames() {
        List<String> names = new ArrayList<>(
                List.of(DATA, ENCODERS, GUIDANCE, BACKBONE, HEAD, BACKWARD, EXCHANGE, OPTIMIZER, OTHER, STEP));
        if (Devices.all(experiment.device()).size() == 1) {
            names.remove(EXCHANGE);
        }
        return names;
    }

    /** Times of which none holds another's, but for that of the step, which is the sum of all. */
    private Map<String, Double> split(Map<String, Double> taken) {
        Map<String, Double> parts = new LinkedHashMap<>(taken);
        parts.keySet().retainAll(partNames());
        for (String part : List.of(ENCODERS, GUIDANCE, BACKBONE)) {
            parts.merge(HEAD, -taken.getOrDefault(part, 0.0), Double::sum);
        }
        double known = parts.entrySet().stream()
                .filter(part -> !part.getKey().equals(STEP))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        parts.put(OTHER, taken.get(STEP) - known);
        return parts;
    }

    /** Takes the times of a step's stages; what is left of the forward pass is head and loss. */
    private record Watch(PartTimes times) implements StepClock {
        private static final Map<Stage, String> PARTS = Map.of(
                Stage.DATA, DATA,
                Stage.FORWARD, HEAD,
                Stage.BACKWARD, BACKWARD,
                Stage.EXCHANGE, EXCHANGE,
                Stage.OPTIMIZER, OPTIMIZER);

        @Override
        public <T> T run(Stage stage, Supplier<T> work) {
            return times.run(PARTS.get(stage), work);
        }
    }

    private static final class WatchedBackbone extends ForwardingBackbone {
        private final PartTimes times;

        WatchedBackbone(Backbone backbone, PartTimes times) {
            super(backbone);
            this.times = times;
        }

        @Override
        public NDArray encode(NDArray pixels) {
            return times.run(ENCODERS, () -> super.encode(pixels));
        }

        @Override
        public NDArray encode(Batch batch, NDArray pixels) {
            return times.run(ENCODERS, () -> super.encode(batch, pixels));
        }

        @Override
        public Features features(NDArray latents, NDArray context) {
            return times.run(BACKBONE, () -> super.features(latents, context));
        }

        @Override
        public Features features(NDArray latents, NDArray context, AttentionRequest request) {
            return times.run(BACKBONE, () -> super.features(latents, context, request));
        }
    }

    private static final class WatchedBranch extends ForwardingBranch {
        private final PartTimes times;

        WatchedBranch(GuidanceBranch branch, PartTimes times) {
            super(branch);
            this.times = times;
        }

        @Override
        public NDList encode(Batch batch) {
            return times.run(ENCODERS, () -> super.encode(batch));
        }

        @Override
        public NDArray embed(NDList encoded) {
            return times.run(GUIDANCE, () -> super.embed(encoded));
        }
    }

    private PerceptionModel watched(PartTimes times) {
        Map<String, GuidanceBranch> branches = new LinkedHashMap<>();
        assembly.model().branches().forEach((name, branch) -> branches.put(name, new WatchedBranch(branch, times)));
        return model(new WatchedBackbone(assembly.backbone(), times), branches);
    }

    /** Each in turn on the same batches, so that a machine whose speed drifts treats all alike. */
    private List<Row> alternatives(BatchLoader batches, int steps) {
        Map<String, GuidanceBranch> branches = assembly.model().branches();
        if (branches.size() < 2) {
            return List.of();
        }
        Map<String, Single> known = new LinkedHashMap<>();
        branches.forEach((name, branch) -> known.put(name, new Single(branch, true)));
        Map<String, Single> unknown = new LinkedHashMap<>();
        branches.forEach((name, branch) -> unknown.put(name, new Single(branch, false)));
        PerceptionModel joint = assembly.model();
        Map<String, List<PerceptionModel>> ways = new LinkedHashMap<>();
        ways.put("one pass for all branches", List.of(joint));
        ways.put("a pass for each branch, guidance encoded before", alone(known));
        ways.put("a pass for each branch", alone(unknown));
        Map<String, double[]> times = new LinkedHashMap<>();
        ways.keySet().forEach(way -> times.put(way, new double[steps]));
        for (int i = -1; i < steps; i++) {
            HostBatch batch = batches.next();
            known.values().forEach(branch -> branch.encodeAhead(batch, assembly.weights()));
            for (Map.Entry<String, List<PerceptionModel>> way : ways.entrySet()) {
                long start = System.nanoTime();
                way.getValue().forEach(model -> new GradientPass(model, assembly.weights()).run(batch, 1));
                optimizer.step(0, experiment.training().clipNorm());
                if (i >= 0) {
                    times.get(way.getKey())[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        known.values().forEach(Single::forget);
        double own = Benchmark.median(times.values().iterator().next());
        List<Row> rows = new ArrayList<>();
        times.forEach((way, all) -> rows.add(new Row(way, Benchmark.median(all), Benchmark.median(all) / own)));
        return rows;
    }

    /** A branch that runs by itself, and may keep what it has encoded of a batch. */
    private static final class Single extends ForwardingBranch {
        private final boolean keeps;
        private List<Sample> encodedOf = List.of();
        private NDList encoded = new NDList();

        Single(GuidanceBranch branch, boolean keeps) {
            super(branch);
            this.keeps = keeps;
        }

        void encodeAhead(HostBatch batch, ModelWeights weights) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording off = Gradients.pause()) {
                scope.suppressNotUsedWarning();
                encode(batch.toDevice(weights.manager()));
            }
        }

        void forget() {
            encoded.close();
        }

        @Override
        public Use use() {
            return Use.ALWAYS;
        }

        @Override
        public NDList encode(Batch batch) {
            if (!keeps) {
                return super.encode(batch);
            }
            if (encodedOf != batch.samples()) {
                forget();
                encoded = super.encode(batch);
                encoded.forEach(Scopes::unscoped);
                encodedOf = batch.samples();
            }
            return encoded;
        }
    }

    private List<PerceptionModel> alone(Map<String, Single> branches) {
        return branches.entrySet().stream()
                .map(each -> model(assembly.backbone(), Map.of(each.getKey(), each.getValue())))
                .toList();
    }

    private PerceptionModel model(Backbone backbone, Map<String, GuidanceBranch> branches) {
        return new PerceptionModel(
                experiment.training().batchStatistics(), backbone, branches, assembly.tasks(), assembly.kernels());
    }
}
