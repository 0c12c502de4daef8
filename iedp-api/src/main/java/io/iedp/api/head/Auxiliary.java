package io.iedp.api.head;

import ai.djl.ndarray.NDArray;

/**
 * A prediction that is made in training only, to teach the features.
 *
 * @param output (B, outputs, h, w), like that of {@link Head#forward}
 * @param weight the factor of its loss
 */
public record Auxiliary(NDArray output, double weight) {}
