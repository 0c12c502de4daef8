package io.iedp.engine.training;

import java.util.concurrent.CancellationException;

/** What was going on was {@linkplain StopSignal#interrupt asked to end}; what had to be said and saved was. */
public final class StoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    public StoppedException(String message) {
        super(message);
    }
}
