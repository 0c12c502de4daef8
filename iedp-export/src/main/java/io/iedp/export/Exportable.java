package io.iedp.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.ModelWatch;
import io.iedp.engine.model.TaskHead;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Dimension;
import io.iedp.export.graph.Graph;
import io.iedp.export.onnx.Pixels;
import io.iedp.export.record.Recorder;
import io.iedp.export.record.Sizes;
import io.iedp.export.record.Tracer;
import io.iedp.nn.Parameter;
import io.iedp.nn.Scopes;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model that can be made a graph: all that it computes of pictures, or its backbone alone. Closing it frees the model.
 */
public final class Exportable implements AutoCloseable {
    /** The output of the main task; others are {@code output_NAME}. */
    private static final String OUTPUT = "output";

    /** An input of the backbone alone: (B, channels, H, W). */
    public static final String LATENTS = "latents";

    /** An input of the backbone alone: the guidance's tokens, (B, T, width). */
    public static final String CONTEXT = "context";

    private final Assembly assembly;
    private final Recorder recorder;
    private final Part part;

    private Exportable(Assembly assembly, Recorder recorder, Part part) {
        this.assembly = assembly;
        this.recorder = recorder;
        this.part = part;
    }

    /** What is exported. */
    public enum Part {
        /** From pictures to the tasks' outputs; sliding windows and mirrored views stay outside. */
        MODEL,
        /** From latents and the guidance's tokens to the features that heads see. */
        BACKBONE
    }

    /**
     * @param build makes the model on what it is given
     * @throws UserException if the model needs the ground truth
     */
    public static Exportable of(Function<ModelWatch, Assembly> build, Part part) {
        Recorder recorder = new Recorder();
        Assembly assembly = build.apply(recorder);
        if (part == Part.MODEL) {
            assembly.requireNoOracle("The run cannot be exported.");
        }
        return new Exportable(assembly, recorder, part);
    }

    /** What the output of a task is called. */
    public static String output(TaskHead head) {
        return head.name().isEmpty() ? OUTPUT : OUTPUT + "_" + head.name();
    }

    public Assembly assembly() {
        return assembly;
    }

    /** What both edges of the input must be a multiple of, unless its size is fixed. */
    public int multiple() {
        return part == Part.MODEL
                ? assembly.backbone().sizeMultiple()
                : Math.toIntExact(smallestLatents().get(2));
    }

    /** (1, channels, h, w): what the smallest picture that the backbone takes has. */
    private Shape smallestLatents() {
        int edge = assembly.backbone().sizeMultiple();
        try (NDArray pixels = assembly.manager().zeros(new Shape(1, 3, edge, edge));
                NDArray latents = assembly.backbone().encode(pixels)) {
            return latents.getShape();
        }
    }

    /**
     * The graph for inputs of those sizes.
     *
     * @throws UserException if the model cannot be a graph, saying why
     */
    public Graph graph(Sizes sizes) {
        IdentityHashMap<NDArray, String> names = new IdentityHashMap<>();
        for (Parameter parameter : assembly.weights().parameters()) {
            names.put(parameter.array(), parameter.name());
        }
        Tracer tracer = new Tracer(recorder, assembly.manager(), names, sizes);
        return tracer.trace(inputs(sizes), this::compute);
    }

    private Map<String, List<Dimension>> inputs(Sizes sizes) {
        Dimension batch = Dimension.of(Axis.BATCH);
        Dimension height = sizes.dimension(Axis.HEIGHT);
        Dimension width = sizes.dimension(Axis.WIDTH);
        if (part == Part.MODEL) {
            return Map.of(Pixels.INPUT, List.of(batch, Dimension.of(3), height, width));
        }
        Map<String, List<Dimension>> inputs = new LinkedHashMap<>();
        inputs.put(LATENTS, List.of(batch, Dimension.of(smallestLatents().get(1)), height, width));
        inputs.put(
                CONTEXT,
                List.of(
                        batch,
                        Dimension.of(assembly.model().tokens()),
                        Dimension.of(assembly.backbone().contextWidth())));
        return inputs;
    }

    /**
     * What the model makes of inputs.
     *
     * @param inputs by the names of the graph's
     */
    public Map<String, NDArray> compute(Map<String, NDArray> inputs) {
        return part == Part.MODEL
                ? predict(inputs.get(Pixels.INPUT))
                : features(inputs.get(LATENTS), inputs.get(CONTEXT));
    }

    private Map<String, NDArray> predict(NDArray pixels) {
        Shape shape = pixels.getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        Sample blank =
                new Sample("a picture", new RgbImage(width, height, new byte[3 * height * width]), Map.of(), Map.of());
        Batch batch = new Batch(
                pixels,
                Map.of(),
                Stream.generate(() -> blank).limit(shape.get(0)).toList());
        List<TaskHead> heads = assembly.tasks().heads();
        NDList outputs = assembly.model().predict(batch, heads);
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            NDArray output = outputs.get(i);
            TaskHead head = heads.get(i);
            named.put(output(head), head.task().protocol().inferWhole(whole -> output, batch));
        }
        return named;
    }

    private Map<String, NDArray> features(NDArray latents, NDArray context) {
        List<NDArray> levels = assembly.backbone().features(latents, context).levels();
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            named.put("features_" + i, levels.get(i));
        }
        return named;
    }

    /**
     * Arrays of the model's device, as inputs of that size, with values that differ from each other.
     *
     * @param which of many such inputs
     */
    public Map<String, NDArray> example(Graph graph, Map<Axis, Long> sizes, int which) {
        Map<String, NDArray> inputs = new LinkedHashMap<>();
        graph.inputs().forEach((name, id) -> {
            Shape shape = new Shape(graph.value(id).shape().stream()
                    .mapToLong(dimension -> dimension.at(sizes))
                    .toArray());
            inputs.put(name, Scopes.unscoped(wave(shape, which)));
        });
        return inputs;
    }

    private NDArray wave(Shape shape, int phase) {
        return assembly.manager()
                .arange(0f, (float) shape.size(), 1f)
                .mul(0.37f)
                .add(phase)
                .sin()
                .add(1)
                .div(2)
                .reshape(shape);
    }

    @Override
    public void close() {
        assembly.close();
    }
}
