package io.iedp.api;

/**
 * Something that the user can put right: a missing file, weights of another model, labels out of
 * range. The message says what is wrong, where, and what would be right; it is shown without a stack
 * trace. Lines of more than 1000 letters lose their middle, so that a message may quote anything.
 */
public class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        super(Shortened.message(message));
    }

    public UserException(String message, Throwable cause) {
        super(Shortened.message(message), cause);
    }
}
