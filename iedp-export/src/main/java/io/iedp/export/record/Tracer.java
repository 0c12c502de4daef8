package io.iedp.export.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.export.graph.Argument;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Constant;
import io.iedp.export.graph.Dimension;
import io.iedp.export.graph.Graph;
import io.iedp.export.graph.Node;
import io.iedp.export.graph.Value;
import io.iedp.export.record.Recording.Ref;
import io.iedp.export.record.Recording.Step;
import io.iedp.nn.Gradients;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes a graph of a model by running it with inputs of several sizes: the operations must be the same each time, and the
 * numbers among them that differ become {@link Dimension}s. What follows no rule that a graph could have is refused.
 */
public final class Tracer {
    private final Recorder recorder;
    private final NDManager manager;
    private final IdentityHashMap<NDArray, String> names;
    private final Sizes sizes;

    /**
     * @param recorder what the model was built with
     * @param manager owns what the runs make
     * @param names of the model's parameters
     */
    public Tracer(Recorder recorder, NDManager manager, IdentityHashMap<NDArray, String> names, Sizes sizes) {
        this.recorder = recorder;
        this.manager = manager;
        this.names = names;
        this.sizes = sizes;
    }

    /**
     * @param inputs the shapes of the arrays that the model takes, by name
     * @param model makes its outputs, by name, from the inputs
     * @throws UserException if the model cannot be a graph, saying why
     */
    public Graph trace(
            Map<String, List<Dimension>> inputs, Function<Map<String, NDArray>, Map<String, NDArray>> model) {
        List<Trace> traces = new ArrayList<>();
        for (Map<Axis, Long> each : sizes.tried()) {
            traces.add(run(inputs, model, each));
        }
        return new Unifier(traces, sizes, names).graph();
    }

    private record Trace(Recording recording, Map<String, Integer> outputs) {}

    private Trace run(
            Map<String, List<Dimension>> inputs,
            Function<Map<String, NDArray>, Map<String, NDArray>> model,
            Map<Axis, Long> each) {
        Recording recording = recorder.begin();
        Map<String, NDArray> given = new LinkedHashMap<>();
        inputs.forEach((name, shape) -> {
            Shape actual = new Shape(
                    shape.stream().mapToLong(dimension -> dimension.at(each)).toArray());
            given.put(name, recording.input(name, manager.zeros(actual).add(0.5f)));
        });
        try (Gradients.Recording off = Gradients.pause()) {
            Map<String, Integer> outputs = new LinkedHashMap<>();
            model.apply(given).forEach((name, array) -> {
                if (!RecordedArray.depends(array)) {
                    throw new UserException("The output '%s' does not depend on the input.".formatted(name));
                }
                outputs.put(name, RecordedArray.id(array));
            });
            return new Trace(recording, outputs);
        } finally {
            recorder.end();
            recording.release();
        }
    }

    /** Brings the traces of one model to one graph. */
    private static final class Unifier {
        private final List<Trace> traces;
        private final Sizes sizes;
        private final IdentityHashMap<NDArray, String> names;
        private final Trace first;

        Unifier(List<Trace> traces, Sizes sizes, IdentityHashMap<NDArray, String> names) {
            this.traces = traces;
            this.sizes = sizes;
            this.names = names;
            this.first = traces.get(0);
        }

        Graph graph() {
            List<Step> steps = first.recording.steps();
            for (Trace trace : traces) {
                require(trace.recording.steps().size() == steps.size(), "its end");
            }
            List<Node> nodes = new ArrayList<>();
            Map<Integer, Value> values = new LinkedHashMap<>();
            for (int id : first.recording.inputs().values()) {
                values.put(id, value(id, "the input"));
            }
            Map<Integer, Constant> constants = new LinkedHashMap<>();
            first.recording.constants().forEach((id, array) -> {
                values.put(id, value(id, "a constant"));
                constants.put(id, constant(id));
            });
            for (int i = 0; i < steps.size(); i++) {
                Node node = node(i);
                nodes.add(node);
                values.put(node.output(), value(node.output(), node.operation()));
            }
            return new Graph(first.recording.inputs(), constants, nodes, first.outputs, values);
        }

        private Node node(int index) {
            Step step = first.recording.steps().get(index);
            List<Step> same = traces.stream()
                    .map(trace -> trace.recording.steps().get(index))
                    .toList();
            List<Argument> arguments = new ArrayList<>();
            for (Step other : same) {
                require(
                        other.operation().equals(step.operation())
                                && other.output() == step.output()
                                && other.arguments().size() == step.arguments().size(),
                        step.operation());
            }
            for (int i = 0; i < step.arguments().size(); i++) {
                int place = i;
                arguments.add(argument(
                        step.operation(),
                        same.stream().map(each -> each.arguments().get(place)).toList()));
            }
            return new Node(step.operation(), arguments, step.output());
        }

        private Argument argument(String operation, List<Object> given) {
            Object one = given.get(0);
            if (one instanceof long[] numbers) {
                List<long[]> all = given.stream().map(long[].class::cast).toList();
                require(all.stream().allMatch(each -> each.length == numbers.length), operation);
                return new Argument.Whole(IntStream.range(0, numbers.length)
                        .mapToObj(i -> sizes.solve(
                                all.stream().map(each -> each[i]).toList(), "the operation '%s'".formatted(operation)))
                        .toList());
            }
            require(given.stream().allMatch(one::equals), operation);
            if (one instanceof Ref ref) {
                return new Argument.Array(ref.id());
            }
            if (one instanceof List<?> refs) {
                return new Argument.Arrays(
                        refs.stream().map(each -> ((Ref) each).id()).toList());
            }
            return new Argument.Fixed(one);
        }

        private void require(boolean same, String operation) {
            if (!same) {
                throw sizes.refusal(
                        "The model does other things with pictures of other sizes, at %s; a graph can only do one."
                                .formatted(operation));
            }
        }

        private Value value(int id, String what) {
            List<long[]> shapes = traces.stream()
                    .map(trace -> trace.recording.forms().get(id).shape().getShape())
                    .toList();
            long[] shape = shapes.get(0);
            require(shapes.stream().allMatch(each -> each.length == shape.length), what);
            return new Value(
                    IntStream.range(0, shape.length)
                            .mapToObj(axis -> sizes.solve(
                                    shapes.stream().map(each -> each[axis]).toList(), "the shape of " + what))
                            .toList(),
                    first.recording.forms().get(id).type());
        }

        private Constant constant(int id) {
            List<NDArray> all = traces.stream()
                    .map(trace -> trace.recording.constants().get(id))
                    .toList();
            String name = names.getOrDefault(all.get(0), "constant_" + id);
            if (names.containsKey(all.get(0))) {
                return new Constant(name, all.get(0), Optional.empty());
            }
            List<Dimension> shape = value(id, "a constant").shape();
            List<Dimension> expanded = new ArrayList<>();
            NDArray[] reduced = all.toArray(NDArray[]::new);
            for (Dimension dimension : shape) {
                int axis = expanded.size();
                if (dimension.isConstant()) {
                    expanded.add(dimension);
                    continue;
                }
                long groups = groups(reduced[0], axis, dimension);
                for (int i = 0; i < reduced.length; i++) {
                    reduced[i] = repeated(reduced[i], axis, groups);
                }
                if (groups == 1) {
                    expanded.add(dimension);
                } else {
                    expanded.add(Dimension.of(groups));
                    expanded.add(new Dimension(0, 1, 1, dimension.axes()));
                }
            }
            for (NDArray other : reduced) {
                if (!same(other, reduced[0])) {
                    throw sizes.refusal(
                            "The model computes an array %s whose values depend on the size of the picture; a graph has no form for that."
                                    .formatted(shape));
                }
            }
            boolean whole = shape.stream().allMatch(Dimension::isConstant);
            return new Constant(name, reduced[0], whole ? Optional.empty() : Optional.of(expanded));
        }

        /** One if all parts along an axis are the same, or as many as there are groups of the same parts after each other. */
        private static long groups(NDArray array, int axis, Dimension dimension) {
            boolean several = dimension.factor() > 1 && dimension.divisor() == 1 && dimension.offset() == 0;
            return several && !isRepeated(array, axis, 1) ? dimension.factor() : 1;
        }

        private static boolean isRepeated(NDArray array, int axis, long groups) {
            NDArray split = split(array, axis, groups);
            return same(first(split, axis + 1).broadcast(split.getShape()), split);
        }

        /** (..., n, ...) as (..., groups, n / groups, ...). */
        private static NDArray split(NDArray array, int axis, long groups) {
            Shape shape = array.getShape();
            return array.reshape(shape.slice(0, axis)
                    .add(groups)
                    .add(shape.get(axis) / groups)
                    .addAll(shape.slice(axis + 1)));
        }

        private static NDArray first(NDArray array, int axis) {
            return array.get(new NDIndex().addAllDim(axis).addSliceDim(0, 1));
        }

        /** The one of equal parts along an axis, or of each group of them, which then is an axis before. */
        private NDArray repeated(NDArray array, int axis, long groups) {
            if (!isRepeated(array, axis, groups)) {
                throw sizes.refusal(
                        "The model computes an array %s that is longer for larger pictures, and not the same all along; a graph has no form for that."
                                .formatted(array.getShape()));
            }
            NDArray one = first(split(array, axis, groups), axis + 1);
            return groups == 1 ? one.squeeze(axis) : one;
        }

        /** Up to rounding, which may depend on how many there are at once. */
        private static boolean same(NDArray one, NDArray other) {
            return one.getShape().equals(other.getShape()) && one.allClose(other, 1e-4, 1e-6, true);
        }
    }
}
