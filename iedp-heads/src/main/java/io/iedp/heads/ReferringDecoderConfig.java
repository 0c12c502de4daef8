package io.iedp.heads;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the head {@code referring-decoder}. */
public record ReferringDecoderConfig(
        @Doc("Channels of the head.") @Default("640") @Range(min = 1, max = 65536)
        int channels,

        @Doc("Cross-attention maps of the backbone, beside the features.") @Default("{}")
        AttentionConfig attention) {}
