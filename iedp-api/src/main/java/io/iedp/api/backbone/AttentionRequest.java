package io.iedp.api.backbone;

import java.util.Set;

/**
 * Which cross-attention maps a head wants beside the features. No gradient flows through them, as none does in VPD: its
 * transformer blocks are checkpointed, which hands the maps out detached.
 *
 * @param strides the resolutions: pixels of the picture along an edge of one cell
 * @param parts the parts of the network
 * @param byHead whether the map of each attention head is wanted rather than their mean
 */
public record AttentionRequest(Set<Integer> strides, Set<Part> parts, boolean byHead) {
    /** No maps. */
    public static final AttentionRequest NONE = new AttentionRequest(Set.of(), Set.of(), false);

    /** A part of a U-shaped network. */
    public enum Part {
        /** The way to coarser resolutions. */
        DOWN,
        /** The coarsest resolution, between the two ways. */
        MID,
        /** The way back to finer resolutions. */
        UP
    }

    public AttentionRequest {
        strides = Set.copyOf(strides);
        parts = Set.copyOf(parts);
    }
}
