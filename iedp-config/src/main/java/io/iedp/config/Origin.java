package io.iedp.config;

/**
 * Where a value of a resolved file came from.
 *
 * @param path of the key, with dots
 * @param value as text
 * @param source {@code file:line}, {@code command line}, {@code environment NAME} or {@code default}
 */
public record Origin(String path, String value, String source) {}
