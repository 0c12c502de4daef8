package io.iedp.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.nn.Kernels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder with a small model, inputs and what the original implementation made of them: {@code meta.json},
 * {@code inputs.safetensors}, {@code expected.safetensors}, and weights and configuration as they are
 * published.
 */
public interface RecordedCase {
    /** The case's own folder. */
    Path folder();

    /** The folders of the cases that {@code meta.json} refers to as {@code ../NAME}: theirs are the weights. */
    List<Path> siblings();

    /** The content of {@code meta.json}: strings, doubles, booleans, lists and maps. */
    Map<String, Object> meta();

    /** The arrays of {@code inputs.safetensors}, in the types that it has them in. */
    Map<String, NDArray> inputs();

    /**
     * One of the {@link #inputs}.
     *
     * @throws UserException if there is none of that name
     */
    default NDArray input(String name) {
        NDArray array = inputs().get(name);
        if (array == null) {
            Path file = folder().resolve("inputs.safetensors");
            throw new UserException(
                    inputs().isEmpty()
                            ? "%s is missing or empty; it must have the array '%s'".formatted(file, name)
                            : "%s has no array '%s'; it has %s".formatted(file, name, inputs().keySet()));
        }
        return array;
    }

    /** The arrays of {@code expected.safetensors}, in the types that it has them in. */
    Map<String, NDArray> expected();

    /**
     * {@link Tolerance#OUTPUT}, or three times what the original in 32 bits is off from itself in 64, if that
     * is more.
     */
    Tolerance tolerance();

    Kernels kernels();

    /** Owns everything that the case needs, until it has been compared. */
    NDManager manager();
}
