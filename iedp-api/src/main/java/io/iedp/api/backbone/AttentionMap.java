package io.iedp.api.backbone;

import ai.djl.ndarray.NDArray;

/**
 * What the cells of a picture take of each token of the guidance, in one cross-attention of a backbone.
 *
 * @param part the part of the network that it is from
 * @param stride pixels of the picture along an edge of one cell
 * @param weights (B, T, H / stride, W / stride), or (B, heads, T, H / stride, W / stride) by head; of sum 1
 *     over the T tokens
 */
public record AttentionMap(AttentionRequest.Part part, int stride, NDArray weights) {}
