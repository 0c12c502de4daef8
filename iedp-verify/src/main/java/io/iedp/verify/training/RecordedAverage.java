package io.iedp.verify.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.hook.StepReport;
import io.iedp.engine.training.WeightAverage;
import io.iedp.nn.TorchKernels;
import io.iedp.verify.RecordedCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * diffusers' average of weights without its warm-up of inverse powers. There the first update takes the weights as they are, as
 * ours does when it begins, so that ours is one update behind.
 */
record RecordedAverage(RecordedCase recorded, TorchKernels kernels) {
    private static final String DECAYS = "ema_decay";
    private static final String SHADOWS = "ema_shadow";
    private static final double DECAY = 0.9999;

    /** What comes of it, by names that lack the rule's. */
    Map<String, NDArray> run() {
        NDArray all = recorded.input("ema_params");
        NDArray trained = all.get(1).duplicate();
        NDList shadows = new NDList();
        Map<String, NDArray> computed = new LinkedHashMap<>();
        try (WeightAverage average = new WeightAverage(kernels, recorded.manager(), List.of(trained), DECAY)) {
            long updates = all.getShape().get(0) - 1;
            for (int update = 0; update < updates; update++) {
                if (update > 0) {
                    kernels.copy(List.of(trained), List.of(all.get(update + 1)));
                    average.afterStep(new StepReport(update, update, 0, Map.of(), 0, 0, 0, 0, 0, 0));
                }
                NDArray shadow = average.arrays().get(0).duplicate();
                shadow.attach(recorded.manager()); // outlives the average
                shadows.add(shadow);
            }
        }
        computed.put(SHADOWS, NDArrays.stack(shadows));
        computed.put(DECAYS, decays());
        return computed;
    }

    private NDArray decays() {
        float[] decays = new float
                [Math.toIntExact(recorded.expected().get(DECAYS + ".plain").size())];
        for (int update = 1; update < decays.length; update++) {
            decays[update] = (float) WeightAverage.kept(DECAY, update);
        }
        return recorded.manager().create(decays);
    }
}
