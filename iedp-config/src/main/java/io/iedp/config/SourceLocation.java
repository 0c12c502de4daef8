package io.iedp.config;

/**
 * Where a value was written.
 *
 * @param source a file as the user named it, {@code command line}, {@code environment} or {@code default}
 * @param line from 1; 0 when the source has no lines
 * @param column from 1
 * @param text the line itself, or the setting of the command line
 */
record SourceLocation(String source, int line, int column, String text) {
    static final String COMMAND_LINE = "command line";
    static final SourceLocation DEFAULT = new SourceLocation("default", 0, 0, "");

    static SourceLocation environment(String variable) {
        return new SourceLocation("environment " + variable, 0, 0, "");
    }

    /** {@code file:line}, or the source alone. */
    String brief() {
        return line == 0 ? source : source + ":" + line;
    }

    /** {@code file:line:column}, or the source alone. */
    String exact() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
