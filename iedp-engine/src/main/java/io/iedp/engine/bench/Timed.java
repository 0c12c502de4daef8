package io.iedp.engine.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Adds up how long the calls of components take, by the part that a method belongs to. */
final class Timed {
    private final Map<String, Long> nanoseconds = new LinkedHashMap<>();

    /**
     * The component, with the time of some of its methods counted.
     *
     * @param parts the part that each of those methods belongs to, by the method's name
     */
    <T> T watch(Class<T> type, T component, Map<String, String> parts) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String part = parts.get(method.getName());
                    long start = System.nanoTime();
                    try {
                        return method.invoke(component, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (part != null) {
                            add(part, System.nanoTime() - start);
                        }
                    }
                }));
    }

    /** Counts some work. */
    <T> T time(String part, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            add(part, System.nanoTime() - start);
        }
    }

    /** What was counted since the last call, in nanoseconds. */
    Map<String, Long> take() {
        Map<String, Long> taken = new LinkedHashMap<>(nanoseconds);
        nanoseconds.clear();
        return taken;
    }

    private void add(String part, long time) {
        nanoseconds.merge(part, time, Long::sum);
    }
}
