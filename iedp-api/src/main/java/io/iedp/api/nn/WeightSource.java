package io.iedp.api.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.Set;

/** Named arrays to fill a model with, such as a safetensors file. */
public interface WeightSource extends AutoCloseable {
    /** Where the arrays are, for messages: a path. */
    String description();

    Set<String> names();

    /** The shape of an array, or empty when there is none of that name. */
    Optional<Shape> shape(String name);

    /**
     * Reads one array as 32-bit floats.
     *
     * @throws io.iedp.api.UserException if there is none of that name or the file is damaged
     */
    NDArray read(String name, NDManager manager);

    /**
     * {@link #read} for an array that is never written to: it may lie in the pages of the file itself, so that it costs
     * neither time nor memory until it is used. The pages are kept until the manager is closed. The file must not be
     * changed in place before; replacing it by another does no harm.
     */
    default NDArray readFrozen(String name, NDManager manager) {
        return read(name, manager);
    }

    @Override
    void close();
}
