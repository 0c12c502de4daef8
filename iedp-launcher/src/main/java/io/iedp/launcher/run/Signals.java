package io.iedp.launcher.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Hears one of the process's signals in the place of the virtual machine. It does so through {@code sun.misc.Signal}, by
 * reflection: the compiler warns of each mention of it, and there is nothing else in Java 17. Where that is missing or has no
 * such signal, the virtual machine goes on to end the process.
 */
public final class Signals implements AutoCloseable {
    private static final int SIGNALLED = 128;

    private static volatile int exitCode;

    private final Runnable restore;

    private Signals(Runnable restore) {
        this.restore = restore;
    }

    /** What a process that a signal ended exits with: 128 and the number of the last signal that was heard, if one was. */
    public static OptionalInt exitCode() {
        return exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /**
     * @param name without SIG
     * @param handler gets the exit code that goes with the signal
     */
    static Signals handle(String name, IntConsumer handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> listener = Class.forName("sun.misc.SignalHandler");
            Object signal = type.getConstructor(String.class).newInstance(name);
            int code = SIGNALLED + (int) type.getMethod("getNumber").invoke(signal);
            InvocationHandler heard = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    exitCode = code;
                    handler.accept(code);
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> name;
            };
            Object ours = Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, heard);
            Object before = type.getMethod("handle", type, listener).invoke(null, signal, ours);
            return new Signals(() -> {
                try {
                    type.getMethod("handle", type, listener).invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("The same call went well before", e);
                }
            });
        } catch (ReflectiveOperationException e) {
            return new Signals(() -> {});
        }
    }

    @Override
    public void close() {
        restore.run();
    }
}
