package io.iedp.serve.limits;

import java.util.OptionalInt;

/** Why a request is not answered with a prediction, as its client is told. */
public final class RequestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int retryAfter;

    private RequestFailure(int status, int retryAfter, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /**
     * @param status of HTTP
     * @param message a sentence that says what is wrong and what would be right
     */
    public RequestFailure(int status, String message) {
        this(status, 0, message, null);
    }

    /** What is wrong with the request itself. */
    public static RequestFailure bad(String message) {
        return new RequestFailure(400, message);
    }

    /** What is wrong with the request itself, as something else found. */
    public static RequestFailure bad(String message, Throwable cause) {
        return new RequestFailure(400, 0, message, cause);
    }

    /** More than the server takes, whoever asks. */
    public static RequestFailure tooLarge(String message) {
        return new RequestFailure(413, message);
    }

    /**
     * What may go well later.
     *
     * @param retryAfter seconds
     */
    public static RequestFailure later(int retryAfter, String message) {
        return new RequestFailure(503, Math.max(1, retryAfter), message, null);
    }

    /** The time that the request had is over. */
    public static RequestFailure late() {
        return new RequestFailure(504, "The prediction was not ready within the time that the request had");
    }

    /** Nobody waits for the answer; 499 as in nginx's log. */
    public static RequestFailure gone() {
        return new RequestFailure(499, "The client closed the connection before its answer was ready");
    }

    public int status() {
        return status;
    }

    /** After how many seconds another attempt makes sense, if it does. */
    public OptionalInt retryAfter() {
        return retryAfter == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
    }
}
