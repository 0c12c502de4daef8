package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Kernels that compute linear layers and convolutions in bfloat16 from weights that keep 32 bits, so that training can
 * add small steps to them (Micikevicius et al., 2018, section 3.1). Gradients reach the weights in 32 bits; their range
 * is that of a 32-bit float, so losses need no scale.
 */
public final class Bfloat16Products implements InvocationHandler {
    /** The place of the weight among the arguments of every product. */
    private static final int WEIGHT = 1;

    private final Kernels kernels;
    private final TorchKernels torch;

    private Bfloat16Products(Kernels kernels, TorchKernels torch) {
        this.kernels = kernels;
        this.torch = torch;
    }

    /**
     * @param kernels what all calls go to
     */
    public static Kernels of(Kernels kernels, TorchKernels torch) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, new Bfloat16Products(kernels, torch));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            return switch (method.getName()) {
                case "linear", "conv2d", "transposedConv2d" -> product(method, arguments);
                default -> method.invoke(kernels, arguments);
            };
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object product(Method method, Object[] arguments) throws ReflectiveOperationException {
        Object[] lowered = arguments.clone();
        try (NDArray weight = torch.bfloat16((NDArray) arguments[WEIGHT])) {
            lowered[WEIGHT] = weight;
            return method.invoke(kernels, lowered);
        }
    }
}
