package io.iedp.io.pickle;

/** A pickle that cannot be read. The message says why, after words such as "it cannot be read:". */
public final class BrokenPickle extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenPickle(String message) {
        super(message);
    }
}
