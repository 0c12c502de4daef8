package io.iedp.export.record;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Objects that stand for others. */
final class Proxies {
    private static final Object[] NONE = {};

    private Proxies() {}

    /** What a method does with its arguments, which are none rather than null. */
    @FunctionalInterface
    interface Handler {
        Object invoke(Object self, Method method, Object[] arguments) throws Throwable;
    }

    static <T> T of(Class<T> type, Handler handler) {
        return type.cast(
                Proxy.newProxyInstance(Proxies.class.getClassLoader(), new Class<?>[] {type}, new Adapter(handler)));
    }

    /** The handler of an object, or null if it is no proxy of this class. */
    static Handler handler(Object object) {
        return Proxy.isProxyClass(object.getClass()) && Proxy.getInvocationHandler(object) instanceof Adapter adapter
                ? adapter.handler
                : null;
    }

    private record Adapter(Handler handler) implements InvocationHandler {
        @Override
        public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            return handler.invoke(self, method, arguments == null ? NONE : arguments);
        }
    }

    /** Calls a method, which fails with what it threw itself. */
    static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
