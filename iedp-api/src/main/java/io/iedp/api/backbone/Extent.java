package io.iedp.api.backbone;

/**
 * The part of a padded picture that is not padding: it begins in the upper left corner.
 *
 * @param height in pixels
 * @param width in pixels
 */
public record Extent(int height, int width) {}
