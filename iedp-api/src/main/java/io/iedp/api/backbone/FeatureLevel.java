package io.iedp.api.backbone;

/**
 * One scale of the features.
 *
 * @param channels number of channels
 * @param stride pixels of the picture along an edge of one cell
 */
public record FeatureLevel(int channels, int stride) {}
