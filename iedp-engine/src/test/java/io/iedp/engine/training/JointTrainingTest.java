package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Inference;
import io.iedp.engine.model.PerceptionModel;
import io.iedp.nn.Gradients;
import io.iedp.nn.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Branches in one pass against a pass for each, which is what the sum of their losses means. */
class JointTrainingTest {
    /** IEDP, section 3: the weights are shared, so the gradients of the two branches add up. */
    @Test
    void onePassHasTheGradientsOfSeparatePasses() {
        Experiment experiment = MicroExperiment.with(
                "training.batch-statistics=branch", "head.dropout=0", "guidance.explicit.weight=0.5");
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info());
                BatchLoader batches = data.batches(0, 1)) {
            HostBatch batch = batches.next();
            Map<String, float[]> joint = gradients(assembly, batch, true);
            Map<String, float[]> separate = gradients(assembly, batch, false);

            assertThat(joint.keySet())
                    .isEqualTo(separate.keySet())
                    .anyMatch(name -> name.startsWith("guidance.implicit"))
                    .anyMatch(name -> name.startsWith("backbone"))
                    .anyMatch(name -> name.startsWith("head"));
            joint.forEach((name, gradient) -> assertClose(name, gradient, separate.get(name)));
        }
    }

    /** Rounding alone may differ: relative to the largest value, or to nothing where that is rounding itself. */
    private static void assertClose(String name, float[] actual, float[] expected) {
        double largest = 1e-4;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]) / largest).as(name).isLessThan(1e-3);
        }
    }

    @Test
    void onlyAnOracleSeesTheTruthAtInference() {
        Experiment plain = MicroExperiment.with();
        Experiment oracle = MicroExperiment.with("guidance.explicit.use=oracle");
        try (TrainingData data = TrainingData.open(plain);
                Assembly without = Assembly.cached(plain, data.train().info());
                Assembly with = Assembly.cached(oracle, data.train().info())) {
            Sample sample = data.val().get(0);
            Inference predictions = without.predictions();

            assertThat(predictions.predict(List.of(sample)).get(0).get("").values())
                    .isEqualTo(predictions
                            .predict(List.of(sample.withoutTargets()))
                            .get(0)
                            .get("")
                            .values());
            assertThat(without.model().needsTruth()).isFalse();
            assertThat(with.model().needsTruth()).isTrue();
        }
    }

    private static Map<String, float[]> gradients(Assembly assembly, HostBatch host, boolean joint) {
        PerceptionModel model = assembly.model();
        NDManager manager = assembly.manager();
        List<Parameter> trained = assembly.weights().parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.TRAINED)
                .toList();
        if (joint) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording on = Gradients.record()) {
                scope.suppressNotUsedWarning();
                Gradients.backward(model.total(model.losses(host.toDevice(manager))));
            }
        } else {
            for (GuidanceBranch branch : model.branches().values()) {
                try (NDScope scope = new NDScope();
                        Gradients.Recording on = Gradients.record()) {
                    scope.suppressNotUsedWarning();
                    Gradients.backward(
                            loss(assembly, branch, host.toDevice(manager)).mul((float) branch.lossWeight()));
                }
            }
        }
        Map<String, float[]> gradients = new TreeMap<>();
        for (Parameter parameter : trained) {
            Gradients.of(parameter.array()).ifPresent(gradient -> {
                gradients.put(parameter.name(), gradient.toFloatArray());
                gradient.close();
                Gradients.clear(parameter.array());
            });
        }
        return gradients;
    }

    private static NDArray loss(Assembly assembly, GuidanceBranch branch, Batch batch) {
        Backbone backbone = assembly.backbone();
        NDArray context = branch.embed(branch.encode(batch));
        NDArray output = assembly.tasks()
                .main()
                .head()
                .forward(backbone.features(backbone.encode(batch.pixels()), context), true);
        return assembly.tasks().main().task().objective().loss(output, batch);
    }
}
