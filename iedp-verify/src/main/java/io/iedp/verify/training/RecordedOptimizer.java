package io.iedp.verify.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.config.ComponentBinder;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.TorchKernels;
import io.iedp.verify.RecordedCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One optimizer with settings as PyTorch has them, on two parameters that both decay. */
record RecordedOptimizer(Optimizer optimizer, ConfigFile settings, TorchKernels kernels) {
    private static final int PARAMETERS = 2;

    /** Our names for what is kept, and PyTorch's. */
    private static final Map<String, String> STATE =
            Map.of("mean", "exp_avg", "variance", "exp_avg_sq", "velocity", "momentum_buffer");

    static RecordedOptimizer of(Catalog catalog, ConfigFile settings, TorchKernels kernels) {
        OptimizerContext context = () -> kernels;
        Optimizer optimizer = switch (settings.string("_class_name")) {
            case "AdamW" ->
                make(
                        catalog,
                        context,
                        "adamw",
                        "betas=" + settings.numbers("betas"),
                        "epsilon=" + settings.number("eps", 1e-8));
            case "SGD" ->
                make(
                        catalog,
                        context,
                        "sgd",
                        "momentum=" + settings.number("momentum", 0),
                        "nesterov=" + settings.flag("nesterov", false));
            case "Lion" -> make(catalog, context, "lion", "betas=" + settings.numbers("betas"));
            default -> throw settings.wrong("'_class_name' must be AdamW, SGD or Lion");
        };
        return new RecordedOptimizer(optimizer, settings, kernels);
    }

    private static Optimizer make(Catalog catalog, OptimizerContext context, String type, String... keys) {
        return ComponentBinder.bind(catalog, Kind.OPTIMIZER, type, List.of(keys))
                .create(context);
    }

    /** What comes of it, by names that lack the optimizer's. */
    Map<String, NDArray> run(RecordedCase recorded) {
        List<NDArray> before = inputs(recorded, "param_");
        List<NDArray> gradients = inputs(recorded, "grads_");
        List<NDArray> parameters = before.stream().map(NDArray::duplicate).toList();
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
        List<NDList> after =
                IntStream.range(0, PARAMETERS).mapToObj(i -> new NDList()).toList();
        GroupedOptimizer.Group all = new GroupedOptimizer.Group(parameters, 1, settings.number("weight_decay", 0));
        Map<String, NDArray> computed = new LinkedHashMap<>();
        try (GroupedOptimizer grouped = new GroupedOptimizer(kernels, recorded.manager(), optimizer, List.of(all))) {
            long steps = gradients.get(0).getShape().get(0);
            for (long step = 0; step < steps; step++) {
                backward(parameters, gradients, step);
                grouped.step(settings.number("lr", 0), 0);
                for (int i = 0; i < PARAMETERS; i++) {
                    after.get(i).add(copy(parameters.get(i), recorded.manager()));
                }
            }
            for (int i = 0; i < PARAMETERS; i++) {
                NDArray values = NDArrays.stack(after.get(i));
                computed.put("after.%s." + i, values);
                computed.put("delta.%s." + i, values.sub(before.get(i)));
                for (Map.Entry<String, NDArray> kept :
                        grouped.kept().get(i).state().entrySet()) {
                    computed.put(
                            "%s.%%s.%s".formatted(STATE.getOrDefault(kept.getKey(), kept.getKey()), i),
                            copy(kept.getValue(), recorded.manager()));
                }
            }
        }
        return computed;
    }

    /** The gradient of a sum of products is the other factor. */
    private static void backward(List<NDArray> parameters, List<NDArray> gradients, long step) {
        try (Gradients.Recording on = Gradients.record()) {
            NDArray sum = IntStream.range(0, PARAMETERS)
                    .mapToObj(i ->
                            parameters.get(i).mul(gradients.get(i).get(step)).sum())
                    .reduce(NDArray::add)
                    .orElseThrow();
            Gradients.backward(sum);
        }
    }

    /** What outlives the optimizer. */
    private static NDArray copy(NDArray array, NDManager owner) {
        try (Gradients.Recording off = Gradients.pause()) {
            NDArray copy = array.duplicate();
            copy.attach(owner);
            return copy;
        }
    }

    private static List<NDArray> inputs(RecordedCase recorded, String prefix) {
        return IntStream.range(0, PARAMETERS)
                .mapToObj(i -> recorded.input(prefix + i))
                .toList();
    }
}
