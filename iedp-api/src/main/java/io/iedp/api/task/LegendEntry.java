package io.iedp.api.task;

/**
 * One colour of a picture and its meaning.
 *
 * @param color as {@code 0xRRGGBB}
 */
public record LegendEntry(String name, int color) {}
