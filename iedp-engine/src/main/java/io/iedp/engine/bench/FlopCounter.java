package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.Kernels;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Kernels that count the floating-point operations of products: a multiplication and an addition are two. Norms and
 * activations count nothing, as is usual.
 */
final class FlopCounter implements InvocationHandler {
    private Kernels kernels;
    private long count;

    /** The kernels, with what they compute counted here. */
    Kernels counting(Kernels counted) {
        kernels = counted;
        return (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, this);
    }

    /** The operations since the last call. */
    public long take() {
        long taken = count;
        count = 0;
        return taken;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(kernels, arguments);
            if (result instanceof NDArray array) {
                count += operations(method.getName(), arguments, array.getShape());
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static long operations(String kernel, Object[] arguments, Shape result) {
        return switch (kernel) {
            case "linear" -> 2 * result.size() * shape(arguments[1]).get(1);
            case "conv2d" ->
                2
                        * result.size()
                        * shape(arguments[1]).size()
                        / shape(arguments[1]).get(0);
            case "attention" -> 4 * result.size() * shape(arguments[1]).get(2);
            default -> 0;
        };
    }

    private static Shape shape(Object array) {
        return ((NDArray) array).getShape();
    }
}
