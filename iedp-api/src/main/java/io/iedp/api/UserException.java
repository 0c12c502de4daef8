package io.iedp.api;

/**
 * Something that the user can put right: a missing file, weights of another model, labels out of
 * range. The message says what is wrong, where, and what would be right; it is shown without a stack
 * trace.
 */
public class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
