package io.iedp.api.data;

/**
 * One class of a data set.
 *
 * @param name in words, as a prompt would use it
 * @param color for pictures, as {@code 0xRRGGBB}
 */
public record ClassInfo(String name, int color) {}
