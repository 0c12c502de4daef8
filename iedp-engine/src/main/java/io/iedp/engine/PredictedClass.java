package io.iedp.engine;

/**
 * A class that pixels are sorted into.
 *
 * @param index its value in {@link TaskPrediction#values}
 * @param rgb its colour, as {@code 0xRRGGBB}
 */
public record PredictedClass(int index, String name, int rgb) {}
