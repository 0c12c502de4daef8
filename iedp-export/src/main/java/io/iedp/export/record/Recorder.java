package io.iedp.export.record;

import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.engine.model.ModelWatch;
import java.util.Optional;

/** What a model is built with that is to be recorded. Outside a recording it computes as it always does. */
public final class Recorder implements ModelWatch {
    private Optional<Recording> recording = Optional.empty();

    @Override
    public Kernels kernels(Kernels real) {
        return RecordedKernels.of(this, real);
    }

    @Override
    public Weights weights(Weights real) {
        return new RecordedWeights(this, real);
    }

    Optional<Recording> recording() {
        return recording;
    }

    /** From here on, operations are noted in a new recording. */
    Recording begin() {
        Recording begun = new Recording(this);
        recording = Optional.of(begun);
        return begun;
    }

    void end() {
        recording = Optional.empty();
    }
}
