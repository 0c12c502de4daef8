package io.iedp.launcher.run;

import java.util.concurrent.CancellationException;

/** The process was asked to end; what had to be said and saved was. */
public final class StoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    StoppedException(String message) {
        super(message);
    }
}
