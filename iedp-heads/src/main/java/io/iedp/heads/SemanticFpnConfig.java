package io.iedp.heads;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the head {@code semantic-fpn}. */
public record SemanticFpnConfig(
        @Doc("Channels of the pyramid and of the head.") @Default("256") @Range(min = 1, max = 65536)
        int channels,

        @Doc("Share of channels that are dropped before the last layer, in training.")
        @Default("0.1")
        @Range(min = 0, max = 0.99)
        double dropout,

        @Doc("Cross-attention maps of the backbone, beside the features.") @Default("{}")
        AttentionConfig attention) {}
