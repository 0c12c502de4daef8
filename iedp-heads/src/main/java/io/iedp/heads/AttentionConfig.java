package io.iedp.heads;

import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;

/** Which cross-attention maps of the backbone a head takes beside the features. */
public record AttentionConfig(
        @Doc("Strides, in pixels, of the levels that get the mean cross-attention map of their resolution behind their "
                + "channels, one channel a token of guidance; VPD has [16, 32], the default is none.")
        @Default("[]")
        @Range(min = 1, max = 65536)
        List<Integer> strides,

        @Doc("The parts of the backbone whose maps are averaged: down, mid and up.") @Default("[up, down]")
        List<AttentionRequest.Part> parts) {

    /** No maps. */
    public static final AttentionConfig NONE = new AttentionConfig(List.of(), List.of());

    public AttentionConfig {
        strides = List.copyOf(strides);
        parts = List.copyOf(parts);
        if (!strides.isEmpty() && parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "attention has strides but no parts; parts must name at least one of down, mid and up");
        }
    }
}
