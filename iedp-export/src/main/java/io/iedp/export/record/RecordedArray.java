package io.iedp.export.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import ai.djl.ndarray.index.dim.NDIndexTake;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An array of a {@link Recording}. Each method that gives an array is an operation: it is done with the real arrays, and
 * noted. What reads values, changes an array in place, or gives several arrays cannot be noted and is refused by name.
 */
final class RecordedArray implements Proxies.Handler {
    /** The number of an array that does not depend on an input. */
    static final int CONSTANT = -1;

    /** What tells of an array, or does nothing to it. */
    private static final Set<String> PLAIN = Set.of(
            "getName",
            "setName",
            "getUid",
            "getDataType",
            "getDevice",
            "getShape",
            "getSparseFormat",
            "isSparse",
            "isScalar",
            "isEmpty",
            "size",
            "isReleased",
            "setRequiresGradient",
            "hasGradient");

    /** What would free the array or move it: its recording keeps it. */
    private static final Set<String> IGNORED = Set.of("close", "attach", "tempAttach", "detach", "returnResource");

    /** What gives the array itself. */
    private static final Set<String> SAME = Set.of("stopGradient", "duplicate", "toDevice", "toDense", "getArray");

    private final Recorder recorder;
    private final NDArray real;
    private final int id;

    private RecordedArray(Recorder recorder, NDArray real, int id) {
        this.recorder = recorder;
        this.real = real;
        this.id = id;
    }

    static NDArray of(Recorder recorder, NDArray real, int id) {
        return Proxies.of(NDArray.class, new RecordedArray(recorder, real, id));
    }

    /** Whether an array depends on an input of a recording. */
    static boolean depends(NDArray array) {
        return handler(array).filter(own -> own.id != CONSTANT).isPresent();
    }

    static int id(NDArray array) {
        return handler(array).orElseThrow().id;
    }

    /** The array itself, unless it stands for another. */
    static NDArray real(NDArray array) {
        return handler(array).map(own -> own.real).orElse(array);
    }

    static Object real(Object argument) {
        if (argument instanceof NDArray array) {
            return real(array);
        }
        if (argument instanceof NDList list) {
            return new NDList(list.stream().map(RecordedArray::real).toArray(NDArray[]::new));
        }
        if (argument instanceof NDIndex index) {
            return real(index);
        }
        return argument;
    }

    private static NDIndex real(NDIndex index) {
        if (index.getIndices().stream().noneMatch(NDIndexTake.class::isInstance)) {
            return index;
        }
        NDIndex copy = new NDIndex();
        for (NDIndexElement element : index.getIndices()) {
            if (element instanceof NDIndexTake take) {
                copy.addIndices("{}", real(take.getIndex()));
            } else {
                copy.getIndices().add(element);
            }
        }
        return copy;
    }

    private static Optional<RecordedArray> handler(NDArray array) {
        return Optional.ofNullable(Proxies.handler(array))
                .filter(RecordedArray.class::isInstance)
                .map(RecordedArray.class::cast);
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return object(self, name, arguments);
        }
        if (recorder.recording().isEmpty()) {
            return Proxies.call(method, real, reals(arguments));
        }
        if (name.equals("getManager")) {
            return recording().manager(real.getManager());
        }
        if (name.equals("getNDArrayInternal")) {
            return Proxies.of(NDArrayEx.class, (proxy, called, values) -> internal((NDArray) self, called, values));
        }
        if (PLAIN.contains(name)) {
            return Proxies.call(method, real, arguments);
        }
        if (SAME.contains(name)) {
            return self;
        }
        if (IGNORED.contains(name)) {
            return null;
        }
        if (name.equals("get") && arguments.length == 2 && arguments[1] instanceof NDIndex index) {
            return slice((NDArray) self, index);
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(self, method, arguments);
        }
        if (id == CONSTANT && !method.getReturnType().equals(NDArray.class)) {
            return constant(Proxies.call(method, real, reals(arguments)));
        }
        return operation((NDArray) self, real, method, arguments);
    }

    private Recording recording() {
        return recorder.recording().orElseThrow();
    }

    private Object constant(Object result) {
        return result instanceof NDList list
                ? new NDList(list.stream().map(recording()::constant).toArray(NDArray[]::new))
                : result;
    }

    private Object internal(NDArray self, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return object(self, method.getName(), arguments);
        }
        if (method.getName().equals("getArray")) {
            return self;
        }
        return operation(self, real.getNDArrayInternal(), method, arguments);
    }

    private static Object object(Object self, String name, Object[] arguments) {
        return switch (name) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "recorded array";
        };
    }

    private NDArray operation(NDArray self, Object target, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        boolean inPlace = name.endsWith("i")
                && Arrays.stream(NDArray.class.getMethods())
                        .anyMatch(each -> each.getName().equals(name.substring(0, name.length() - 1)));
        if (!method.getReturnType().equals(NDArray.class) || inPlace || name.equals("set") || name.equals("intern")) {
            throw new UserException(reason(name, inPlace));
        }
        List<Object> noted = new ArrayList<>();
        if (name.equals("concat") || name.equals("stack")) {
            NDList all = new NDList(self);
            all.addAll((NDList) arguments[0]);
            noted.add(all);
        } else {
            noted.add(self);
            note(noted, arguments.length > 0 ? arguments[0] : null);
        }
        for (int i = 1; i < arguments.length; i++) {
            note(noted, arguments[i]);
        }
        return recording().done(name, noted, (NDArray) Proxies.call(method, target, reals(arguments)));
    }

    private static String reason(String name, boolean inPlace) {
        if (inPlace || name.equals("set") || name.equals("intern")) {
            return "The model changes an array in place (%s); a graph has no form for that.".formatted(name);
        }
        if (name.startsWith("to")) {
            return ("The model reads the values of an array that depends on the picture ('%s'), or has a parameter's method take it, "
                            + "as in weight.mul(x), where x.mul(weight) can be seen; a graph has no form for that.")
                    .formatted(name);
        }
        return "The model calls '%s' on an array that depends on the picture; a graph has no form for that."
                .formatted(name);
    }

    /** Whole numbers and sizes become {@code long[]}, all else stays. */
    static void note(List<Object> noted, Object argument) {
        if (argument == null) {
            return;
        }
        if (argument instanceof Shape shape) {
            noted.add(shape.getShape());
        } else if (argument instanceof Integer || argument instanceof Long) {
            noted.add(new long[] {((Number) argument).longValue()});
        } else if (argument instanceof int[] values) {
            noted.add(Arrays.stream(values).asLongStream().toArray());
        } else if (!(argument instanceof NDManager)) {
            noted.add(argument);
        }
    }

    private NDArray slice(NDArray self, NDIndex index) {
        NDArray part = real.get(real(index));
        if (id == CONSTANT) {
            return recording().constant(part);
        }
        List<Range> ranges = new ArrayList<>();
        List<Long> dropped = new ArrayList<>();
        Shape shape = real.getShape();
        int ellipsis = index.getEllipsisIndex();
        for (int i = 0; i < index.getRank(); i++) {
            NDIndexElement element = index.get(i);
            int axis = ellipsis >= 0 && i >= ellipsis ? shape.dimension() - (index.getRank() - i) : i;
            long length = shape.get(axis);
            if (element instanceof NDIndexFixed fixed) {
                long start = from(fixed.getIndex(), length);
                ranges.add(new Range(axis, start, start + 1, 1));
                dropped.add((long) axis);
            } else if (element instanceof NDIndexSlice slice) {
                long start = slice.getMin() == null ? 0 : from(slice.getMin(), length);
                long end = slice.getMax() == null ? length : Math.min(length, from(slice.getMax(), length));
                ranges.add(new Range(axis, start, end, slice.getStep() == null ? 1 : slice.getStep()));
            } else if (!(element instanceof NDIndexAll)) {
                throw new UserException(
                        "The model takes parts of an array by an index that is no range (%s); a graph has no form for that."
                                .formatted(element.getClass().getSimpleName()));
            }
        }
        return recording()
                .done(
                        "slice",
                        List.of(
                                self,
                                ranges.stream().mapToLong(Range::axis).toArray(),
                                ranges.stream().mapToLong(Range::start).toArray(),
                                ranges.stream().mapToLong(Range::end).toArray(),
                                ranges.stream().mapToLong(Range::step).toArray(),
                                dropped.stream().mapToLong(Long::longValue).toArray()),
                        part);
    }

    /** The part of one axis. */
    private record Range(long axis, long start, long end, long step) {}

    private static long from(long index, long length) {
        return index < 0 ? index + length : index;
    }

    static Object[] reals(Object[] arguments) {
        return Arrays.stream(arguments).map(RecordedArray::real).toArray();
    }

    static DataType type(NDArray array) {
        return real(array).getDataType();
    }
}
