package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.nn.Kernels;
import java.util.function.UnaryOperator;

/**
 * Kernels that compute linear layers and convolutions in bfloat16 from weights that keep 32 bits, so that training can
 * add small steps to them (Micikevicius et al., 2018, section 3.1). Gradients reach the weights in 32 bits; their range
 * is that of a 32-bit float, so losses need no scale.
 */
public final class Bfloat16Products extends ForwardingKernels {
    private final TorchKernels torch;

    private Bfloat16Products(Kernels kernels, TorchKernels torch) {
        super(kernels);
        this.torch = torch;
    }

    /**
     * @param kernels what all calls go to
     */
    public static Kernels of(Kernels kernels, TorchKernels torch) {
        return new Bfloat16Products(kernels, torch);
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return product(weight, lowered -> super.linear(x, lowered, bias));
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight) {
        return product(weight, lowered -> super.linear(x, lowered));
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return product(weight, lowered -> super.conv2d(x, lowered, bias, stride, padding));
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, int stride, int padding) {
        return product(weight, lowered -> super.conv2d(x, lowered, stride, padding));
    }

    @Override
    public NDArray transposedConv2d(NDArray x, NDArray weight, int stride, int padding, int height, int width) {
        return product(weight, lowered -> super.transposedConv2d(x, lowered, stride, padding, height, width));
    }

    private NDArray product(NDArray weight, UnaryOperator<NDArray> product) {
        if (weight.getDataType() == DataType.UNKNOWN) {
            return product.apply(weight);
        }
        try (NDArray lowered = torch.bfloat16(weight)) {
            return product.apply(lowered);
        }
    }
}
