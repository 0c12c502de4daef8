package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.UserException;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights rounded to 16 bits, for files that are given away. Whole numbers, such as counters, stay as they are. */
final class HalfPrecision {
    private HalfPrecision() {}

    /**
     * @param arrays at least one
     * @throws UserException if an array has a value that 16 bits do not hold
     */
    static void write(Map<String, NDArray> arrays, Path file, Map<String, String> metadata, TorchKernels kernels)
            throws IOException {
        try (NDManager own = arrays.values().iterator().next().getManager().newSubManager()) {
            Map<String, NDArray> halves = new LinkedHashMap<>();
            arrays.forEach((name, array) -> {
                DataType type = array.getDataType().isFloating() ? DataType.FLOAT16 : array.getDataType();
                NDArray half = array.toType(type, true);
                half.attach(own);
                if (type.isFloating() && !kernels.isFinite(half)) {
                    throw new UserException("%s: '%s' has values that 16 bits do not hold".formatted(file, name));
                }
                halves.put(name, half);
            });
            SafeTensorsWriter.write(file, halves, metadata);
        }
    }
}
