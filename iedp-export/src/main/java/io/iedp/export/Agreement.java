package io.iedp.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Graph;
import io.iedp.export.onnx.OnnxModel;
import io.iedp.export.onnx.OnnxModel.Tensor;
import io.iedp.export.onnx.Pixels;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a graph is from its model, for one input and output.
 *
 * @param input the sizes of the input
 * @param output the name of the output
 * @param absolute the largest difference
 * @param relative that, in parts of the largest value of the model's output
 */
public record Agreement(String input, String output, double absolute, double relative) {
    /** Inputs of one size that are tried before the graph is said to be wrong. */
    private static final int TRIES = 3;

    /**
     * Runs model and graph on inputs of several sizes. CLIP sees pictures in whole bytes, and what lies between two of them may
     * be rounded this way by one and that way by the other, which is no fault: where the two do not agree, other values are tried,
     * and those count that agree best.
     *
     * @param allowed relative difference
     */
    public static List<Agreement> of(
            Exportable model,
            Graph graph,
            List<Map<Axis, Long>> sizes,
            OnnxModel exported,
            Pixels pixels,
            double allowed) {
        List<Agreement> all = new ArrayList<>();
        for (Map<Axis, Long> each : sizes) {
            List<Agreement> best = List.of();
            for (int i = 0; i < TRIES && (best.isEmpty() || worst(best) > allowed); i++) {
                List<Agreement> tried = of(model, model.example(graph, each, i), exported, pixels);
                best = best.isEmpty() || worst(tried) < worst(best) ? tried : best;
            }
            all.addAll(best);
        }
        return all;
    }

    private static double worst(List<Agreement> outputs) {
        return outputs.stream().mapToDouble(Agreement::relative).max().orElseThrow();
    }

    private static List<Agreement> of(
            Exportable model, Map<String, NDArray> example, OnnxModel exported, Pixels pixels) {
        if (pixels == Pixels.UINT8) {
            example.computeIfPresent(
                    Pixels.INPUT, (name, array) -> array.mul(255).round().div(255));
        }
        Map<String, Tensor> given = new LinkedHashMap<>();
        example.forEach((name, array) -> given.put(name, Tensor.of(array)));
        Map<String, Tensor> got = exported.run(given, pixels);
        return expected(model, example).entrySet().stream()
                .map(right -> difference(shape(given), right.getKey(), right.getValue(), got.get(right.getKey())))
                .toList();
    }

    private static Map<String, Tensor> expected(Exportable model, Map<String, NDArray> example) {
        Map<String, Tensor> expected = new LinkedHashMap<>();
        Scopes.keepAll(() -> {
            model.compute(example).forEach((name, array) -> expected.put(name, Tensor.of(array)));
            return new NDList();
        });
        return expected;
    }

    private static String shape(Map<String, Tensor> given) {
        long[] shape = given.values().iterator().next().shape();
        return "%s x %s x %s x %s".formatted(shape[0], shape[1], shape[2], shape[3]);
    }

    private static Agreement difference(String input, String name, Tensor right, Tensor got) {
        if (!Arrays.equals(right.shape(), got.shape())) {
            return new Agreement(input, name, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double most = 0;
        double largest = 0;
        for (int i = 0; i < right.values().length; i++) {
            double difference = Math.abs((double) right.values()[i] - got.values()[i]);
            most = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(most, difference);
            largest = Math.max(largest, Math.abs(right.values()[i]));
        }
        return new Agreement(input, name, most, largest == 0 ? most : most / largest);
    }
}
