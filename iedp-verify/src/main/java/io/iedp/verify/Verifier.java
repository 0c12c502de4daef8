package io.iedp.verify;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * Computes anew what recorded cases of one kind hold. It computes and does not compare: every expected array must be
 * computed, have the shape that is expected and pass its {@link #comparison}.
 *
 * <p>Verifiers of other jars on the class path are found with {@link java.util.ServiceLoader}.
 */
public interface Verifier {
    /** The kind of case, as its {@code meta.json} names it, such as {@code unet}. */
    String kind();

    /**
     * Loads the model of a case and runs it on the inputs.
     *
     * @return what was computed, by the names of {@link #expected}; other names are passed over
     * @throws io.iedp.api.UserException if a file is missing or damaged, or the model is not implemented
     */
    Map<String, NDArray> compute(RecordedCase recorded);

    /** What must come out, if it is not all in {@code expected.safetensors}. */
    default Map<String, NDArray> expected(RecordedCase recorded) {
        return recorded.expected();
    }

    /** How an array is compared. */
    default Comparison comparison(RecordedCase recorded, String name) {
        return new Comparison.Values(recorded.tolerance());
    }
}
