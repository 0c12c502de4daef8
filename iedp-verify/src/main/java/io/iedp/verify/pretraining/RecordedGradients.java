package io.iedp.verify.pretraining;

import ai.djl.ndarray.NDArray;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gradients of a model's parameters as cases name them.
 *
 * @param parameters by name, in their order
 */
record RecordedGradients(RecordedCase recorded, Map<String, NDArray> parameters) {
    private static final Tolerance OF_GRADIENTS = Tolerance.relative(1e-4);

    /** Of the change by a few steps of an optimizer. */
    private static final Tolerance OF_CHANGES = Tolerance.relative(1e-2);

    /** Of the parameters of a model that the case names, in its order. */
    static RecordedGradients of(RecordedCase recorded, ModelWeights weights) {
        Map<String, NDArray> all = new LinkedHashMap<>();
        weights.parameters().forEach(parameter -> all.put(parameter.name(), parameter.array()));
        Map<String, NDArray> named = new LinkedHashMap<>();
        RecordedSampler.meta(recorded).strings("parameter_names").forEach(name -> named.put(name, all.get(name)));
        return new RecordedGradients(recorded, named);
    }

    /** How an array is compared: gradients and what follows from them less closely than outputs. */
    static Comparison comparison(RecordedCase recorded, String name) {
        if (name.startsWith("delta")) {
            return new Comparison.Values(OF_CHANGES);
        }
        return name.startsWith("grad") || name.startsWith("after")
                ? new Comparison.Values(OF_GRADIENTS)
                : RecordedSampler.comparison(recorded, name);
    }

    /**
     * Adds the gradients of a loss that the case expects, and their norm, and forgets them.
     *
     * @param variant of the loss, in the names
     * @return the loss
     */
    NDArray add(String variant, Supplier<NDArray> of, Map<String, NDArray> computed) {
        NDArray loss = backward(of);
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        double squares = 0;
        float[] norms = new float[parameters.size()];
        int i = 0;
        for (Map.Entry<String, NDArray> each : parameters.entrySet()) {
            Optional<NDArray> gradient = Gradients.of(each.getValue());
            if (gradient.isPresent()) {
                gradients.put(each.getKey(), gradient.get());
                double square = gradient.get().square().sum().getFloat();
                norms[i] = (float) Math.sqrt(square);
                squares += square;
            }
            i++;
        }
        String prefix = "grad.%s.".formatted(variant);
        recorded.expected().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> Optional.ofNullable(gradients.get(name.substring(prefix.length())))
                        .ifPresent(gradient -> computed.put(name, gradient.duplicate())));
        computed.put("grad_norms." + variant, recorded.manager().create(norms));
        computed.put("grad_total_norm." + variant, recorded.manager().create(new float[] {(float) Math.sqrt(squares)}));
        parameters.values().forEach(Gradients::clear);
        return loss;
    }

    /** Leaves the gradients at the parameters. */
    static NDArray backward(Supplier<NDArray> of) {
        try (Gradients.Recording on = Gradients.record()) {
            NDArray loss = of.get();
            Gradients.backward(loss);
            return loss.duplicate().reshape(1);
        }
    }
}
