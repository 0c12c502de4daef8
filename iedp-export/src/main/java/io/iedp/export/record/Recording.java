package io.iedp.export.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a model, operation by operation. Arrays of the run stand for real ones, which are computed along, so that
 * shapes are known and what does not depend on an input is a constant.
 */
final class Recording {
    /**
     * One operation.
     *
     * @param arguments numbers of arrays as {@link Ref}, lists of those, whole numbers as {@code long[]}, and others
     */
    record Step(String operation, List<Object> arguments, int output) {}

    /** The number of an array. */
    record Ref(int id) {}

    /** What is known of an array when its values are gone. */
    record Form(Shape shape, DataType type) {}

    private final Recorder recorder;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> inputs = new LinkedHashMap<>();
    private final Map<Integer, NDArray> constants = new LinkedHashMap<>();
    private final Map<Integer, Form> forms = new LinkedHashMap<>();
    private final Map<Integer, NDArray> computed = new LinkedHashMap<>();
    private final IdentityHashMap<NDArray, Integer> numbers = new IdentityHashMap<>();
    private int next;

    Recording(Recorder recorder) {
        this.recorder = recorder;
    }

    /** An array that stands for an input. */
    NDArray input(String name, NDArray real) {
        int id = number(real);
        inputs.put(name, id);
        return RecordedArray.of(recorder, real, id);
    }

    /** An array that does not depend on an input. */
    NDArray constant(NDArray real) {
        return RecordedArray.of(recorder, unscoped(real), RecordedArray.CONSTANT);
    }

    NDManager manager(NDManager real) {
        return RecordedManager.of(this, real);
    }

    /**
     * Notes an operation that was done.
     *
     * @param arguments of the call, arrays as they came in: real ones are constants
     * @param result what it gave, computed with real arrays
     * @return what stands for the result
     */
    NDArray done(String operation, List<Object> arguments, NDArray result) {
        if (arguments.stream().noneMatch(Recording::depends)) {
            return constant(result);
        }
        List<Object> noted = new ArrayList<>();
        for (Object argument : arguments) {
            noted.add(note(argument));
        }
        int id = number(unscoped(result));
        computed.put(id, result);
        steps.add(new Step(operation, List.copyOf(noted), id));
        return RecordedArray.of(recorder, result, id);
    }

    private Object note(Object argument) {
        if (argument instanceof NDArray array) {
            return new Ref(id(array));
        }
        if (argument instanceof NDList list) {
            return list.stream().map(array -> new Ref(id(array))).toList();
        }
        return argument;
    }

    private static boolean depends(Object argument) {
        return argument instanceof NDArray array && RecordedArray.depends(array)
                || argument instanceof NDList list && list.stream().anyMatch(RecordedArray::depends);
    }

    /** Constants are numbered when they are first needed. */
    private int id(NDArray array) {
        if (RecordedArray.depends(array)) {
            return RecordedArray.id(array);
        }
        NDArray real = RecordedArray.real(array);
        Integer known = numbers.get(real);
        if (known != null) {
            return known;
        }
        int id = number(real);
        constants.put(id, real);
        return id;
    }

    private int number(NDArray real) {
        int id = next++;
        numbers.put(real, id);
        forms.put(id, new Form(real.getShape(), real.getDataType()));
        return id;
    }

    private static NDArray unscoped(NDArray real) {
        NDScope.unregister(real);
        return real;
    }

    List<Step> steps() {
        return steps;
    }

    Map<String, Integer> inputs() {
        return inputs;
    }

    Map<Integer, NDArray> constants() {
        return constants;
    }

    /** All arrays of the run, by number. */
    Map<Integer, Form> forms() {
        return forms;
    }

    /** Frees the arrays that depend on an input; what is known of them stays. */
    void release() {
        computed.values().forEach(NDArray::close);
        computed.clear();
    }
}
