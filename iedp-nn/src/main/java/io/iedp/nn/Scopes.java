package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/** Frees what a computation makes on the way to its result. */
public final class Scopes {
    private Scopes() {}

    /**
     * Runs a computation in an {@link NDScope} of its own; the result lives on in the scope around it, if
     * there is one. It must have been made by the computation, not handed in. While gradients are recorded, what they need stays alive in the recording.
     */
    public static NDArray keep(Supplier<NDArray> computation) {
        return keepAll(() -> new NDList(computation.get())).head();
    }

    /** {@link #keep} for several results. */
    public static NDList keepAll(Supplier<NDList> computation) {
        NDList result;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            result = computation.get();
            NDScope.unregister(result);
        }
        result.forEach(NDScope::register);
        return result;
    }

    /** Takes an array out of the innermost scope, which then does not close it; whoever asked for it does. */
    public static NDArray unscoped(NDArray array) {
        NDScope.unregister(array);
        return array;
    }
}
