package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Takes the time of each call of a kernel, and adds up those of one kernel with arrays of the same shapes. */
public final class KernelProfile {
    private final Map<Key, Sum> sums = new HashMap<>();
    private final FlopCounter counter;
    private final Kernels watched;

    /**
     * @param counter what the calls go on to
     */
    KernelProfile(FlopCounter counter) {
        this.counter = counter;
        this.watched = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (self, method, arguments) -> call(method, arguments));
    }

    /**
     * The calls of a kernel with arrays of the same shapes, in one pass.
     *
     * @param kernel the method's name
     * @param shapes of the arrays that it got, as in {@code 1x320x64x64, 320x320x3x3}
     * @param calls in one pass
     * @param milliseconds of all of them
     * @param share of the time of the pass
     * @param gflops billions of operations a second, for products
     */
    public record Row(
            String kernel, String shapes, long calls, double milliseconds, double share, OptionalDouble gflops) {}

    private record Key(String kernel, String shapes) {}

    private static final class Sum {
        private long calls;
        private long nanoseconds;
        private long operations;
    }

    /** Those that are watched. */
    Kernels kernels() {
        return watched;
    }

    /**
     * The time of a pass by kernel and shapes, the longest first, and then what passes outside of kernels; the mean of several
     * passes.
     */
    List<Row> of(Runnable pass, int repeats) {
        sums.clear();
        long start = System.nanoTime();
        for (int i = 0; i < repeats; i++) {
            pass.run();
        }
        double whole = (System.nanoTime() - start) / 1e6 / repeats;
        List<Row> rows = sums.entrySet().stream()
                .map(each -> row(each.getKey(), each.getValue(), repeats, whole))
                .sorted(Comparator.comparingDouble(Row::milliseconds).reversed())
                .collect(Collectors.toList());
        double rest = whole - rows.stream().mapToDouble(Row::milliseconds).sum();
        rows.add(new Row("outside kernels", "", 0, rest, rest / whole, OptionalDouble.empty()));
        return rows;
    }

    private static Row row(Key key, Sum sum, int repeats, double whole) {
        double milliseconds = sum.nanoseconds / 1e6 / repeats;
        return new Row(
                key.kernel(),
                key.shapes(),
                sum.calls / repeats,
                milliseconds,
                milliseconds / whole,
                sum.operations == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) sum.operations / sum.nanoseconds));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        long counted = counter.count();
        long start = System.nanoTime();
        try {
            return method.invoke(counter, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            long taken = System.nanoTime() - start;
            Sum sum = sums.computeIfAbsent(new Key(method.getName(), shapes(arguments)), key -> new Sum());
            sum.calls++;
            sum.nanoseconds += taken;
            sum.operations += counter.count() - counted;
        }
    }

    private static String shapes(Object... arguments) {
        return Arrays.stream(arguments)
                .filter(NDArray.class::isInstance)
                .map(array -> Arrays.stream(((NDArray) array).getShape().getShape())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining("x")))
                .filter(shape -> shape.contains("x"))
                .collect(Collectors.joining(", "));
    }
}
