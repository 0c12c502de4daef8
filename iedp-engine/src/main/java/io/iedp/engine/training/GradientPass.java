package io.iedp.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.api.data.Batch;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.model.Learner;
import io.iedp.engine.training.StepClock.Stage;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchRuntime;
import java.util.LinkedHashMap;
import java.util.Map;

/** Forward and backward of one model, on the device that it is on. */
public record GradientPass(Learner model, ModelWeights weights, StepClock clock) {
    /** A pass whose time is not taken. */
    public GradientPass(Learner model, ModelWeights weights) {
        this(model, weights, StepClock.NONE);
    }

    /** What a pass came to: the loss of each branch by its name, and their weighted sum. */
    public record Losses(double total, Map<String, Double> branches) {
        static final Losses NONE = new Losses(0, Map.of());

        /** With a share of others added. */
        Losses plus(Losses others, double share) {
            Map<String, Double> sums = new LinkedHashMap<>(branches);
            others.branches.forEach((name, loss) -> sums.merge(name, loss * share, Double::sum));
            return new Losses(total + others.total * share, sums);
        }

        boolean isFinite() {
            return Double.isFinite(total);
        }
    }

    /**
     * Adds a share of the loss's gradients to those that the parameters have, unless the loss is no finite number.
     *
     * @return the losses themselves
     */
    public Losses run(HostBatch batch, double share) {
        TorchRuntime.get().computeThreads().fit((double) weights.count() * batch.pixelCount());
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            Batch onDevice = batch.toDevice(weights.manager());
            Map<String, NDArray> losses = clock.run(Stage.FORWARD, () -> model.losses(onDevice));
            NDArray total = model.total(losses);
            Map<String, Double> branches = new LinkedHashMap<>();
            losses.forEach((name, loss) -> branches.put(name, (double) loss.getFloat()));
            Losses result = new Losses(total.getFloat(), branches);
            if (result.isFinite()) {
                NDArray shared = share == 1 ? total : total.mul((float) share);
                clock.run(Stage.BACKWARD, () -> Gradients.backward(shared));
            }
            return result;
        }
    }
}
