package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.nn.TorchKernels;
import java.util.Optional;

/** Weights rounded to 16 bits, for files that are given away. */
final class HalfPrecision {
    private HalfPrecision() {}

    /**
     * A copy in 16 bits; whole numbers, such as counters, stay as they are.
     *
     * @return empty if a value is too large for 16 bits
     */
    static Optional<NDArray> of(NDArray array, TorchKernels kernels) {
        if (!array.getDataType().isFloating()) {
            return Optional.of(array.duplicate());
        }
        NDArray half = array.toType(DataType.FLOAT16, true);
        if (kernels.isFinite(half)) {
            return Optional.of(half);
        }
        half.close();
        return Optional.empty();
    }
}
