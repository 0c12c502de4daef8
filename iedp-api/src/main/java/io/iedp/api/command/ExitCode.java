package io.iedp.api.command;

/**
 * A way for a command to end.
 *
 * @param code from 0 to 255
 * @param meaning in a few words, as in {@code every case is within its tolerance}
 */
public record ExitCode(int code, String meaning) {
    public ExitCode {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("an exit code is 0 to 255, not %s".formatted(code));
        }
    }
}
