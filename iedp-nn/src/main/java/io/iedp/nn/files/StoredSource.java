package io.iedp.nn.files;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.nn.WeightSource;

/** A source that hands out its arrays as the file has them, too. */
public interface StoredSource extends WeightSource {
    /**
     * One array, in the file's element type.
     *
     * @throws io.iedp.api.UserException if there is none of that name or the file is damaged
     */
    StoredArray stored(String name);

    @Override
    default NDArray read(String name, NDManager manager) {
        try (StoredArray stored = stored(name)) {
            return stored.toFloats(manager);
        }
    }

    @Override
    default NDArray readFrozen(String name, NDManager manager) {
        return stored(name).intoFloats(manager);
    }

    /** Reads one array in the file's element type, or the next wider one where the engine has no such type. */
    default NDArray readAsStored(String name, NDManager manager) {
        try (StoredArray stored = stored(name)) {
            return stored.toArray(manager);
        }
    }
}
