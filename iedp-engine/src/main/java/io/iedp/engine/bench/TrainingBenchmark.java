package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.head.Head;
import io.iedp.api.task.Task;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.ForwardingBranch;
import io.iedp.engine.model.PerceptionModel;
import io.iedp.engine.model.TaskHead;
import io.iedp.engine.model.TaskHeads;
import io.iedp.engine.training.ParameterGroups;
import io.iedp.nn.AdamW;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows where the time of a training step goes, and what the one pass for all branches saves. On a GPU, whose kernels run
 * while the program goes on, the time of a part is that of starting it.
 */
public final class TrainingBenchmark {
    private static final int WARM_UP = 3;
    private static final String DATA = "waiting for data";
    private static final String ENCODERS = "encoders before guidance";
    private static final String GUIDANCE = "guidance";
    private static final String BACKBONE = "backbone";
    private static final String HEAD = "head and loss";
    private static final String BACKWARD = "backward";
    private static final String OPTIMIZER = "optimizer";
    private static final String OTHER = "other";

    private final Experiment experiment;
    private final Assembly assembly;
    private final AdamW optimizer;

    private TrainingBenchmark(Experiment experiment, Assembly assembly, AdamW optimizer) {
        this.experiment = experiment;
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
                        data.batches(0, Long.MAX_VALUE / experiment.training().batch())) {
            assembly.lower(Parameter::comesAgain);
            ModelWeights weights = assembly.weights();
            try (AdamW optimizer = new AdamW(
                    assembly.kernels(),
                    weights.manager(),
                    ParameterGroups.of(experiment.training(), weights.parameters()))) {
                TrainingBenchmark benchmark = new TrainingBenchmark(experiment, assembly, optimizer);
                return new Result(benchmark.parts(batches, steps), benchmark.alternatives(batches, steps));
            }
        }
    }

    private List<Row> parts(BatchLoader batches, int steps) {
        Timed timed = new Timed();
        PerceptionModel watched = watched(timed);
        Map<String, double[]> times = new LinkedHashMap<>();
        List.of(DATA, ENCODERS, GUIDANCE, BACKBONE, HEAD, BACKWARD, OPTIMIZER, OTHER, "step")
                .forEach(part -> times.put(part, new double[steps]));
        for (int i = -WARM_UP; i < steps; i++) {
            long start = System.nanoTime();
            HostBatch batch = timed.time(DATA, batches::next);
            pass(watched, batch, timed);
            timed.time(OPTIMIZER, this::update);
            long whole = System.nanoTime() - start;
            Map<String, Long> taken = timed.take();
            if (i >= 0) {
                long known = taken.values().stream().mapToLong(Long::longValue).sum();
                taken.put(OTHER, whole - known);
                taken.put("step", whole);
                for (Map.Entry<String, Long> each : taken.entrySet()) {
                    times.get(each.getKey())[i] = each.getValue() / 1e6;
                }
            }
        }
        double whole = Benchmark.median(times.get("step"));
        List<Row> rows = new ArrayList<>();
        times.forEach((part, all) -> rows.add(new Row(part, Benchmark.median(all), Benchmark.median(all) / whole)));
        return rows;
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
                way.getValue().forEach(model -> pass(model, batch, new Timed()));
                update();
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
                .map(each -> model(assembly.backbone(), Map.of(each.getKey(), each.getValue()), assembly.tasks()))
                .toList();
    }

    private PerceptionModel watched(Timed timed) {
        Map<String, GuidanceBranch> branches = new LinkedHashMap<>();
        assembly.model()
                .branches()
                .forEach((name, branch) -> branches.put(
                        name,
                        timed.watch(GuidanceBranch.class, branch, Map.of("encode", ENCODERS, "embed", GUIDANCE))));
        return model(
                timed.watch(Backbone.class, assembly.backbone(), Map.of("encode", ENCODERS, "features", BACKBONE)),
                branches,
                new TaskHeads(assembly.tasks().heads().stream()
                        .map(aim -> new TaskHead(
                                aim.name(),
                                timed.watch(Head.class, aim.head(), Map.of("forward", HEAD, "auxiliary", HEAD)),
                                timed.watch(Task.class, aim.task(), Map.of("loss", HEAD)),
                                aim.weight()))
                        .toList()));
    }

    private PerceptionModel model(Backbone backbone, Map<String, GuidanceBranch> branches, TaskHeads aims) {
        return new PerceptionModel(
                experiment.training().batchStatistics(), backbone, branches, aims, assembly.kernels());
    }

    private void pass(PerceptionModel model, HostBatch batch, Timed timed) {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            NDArray total =
                    model.total(model.losses(batch.toDevice(assembly.weights().manager())));
            timed.time(BACKWARD, () -> {
                Gradients.backward(total);
                return total;
            });
        }
    }

    private double update() {
        return optimizer.step(0, experiment.training().clipNorm());
    }
}
