package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Sizes of a text encoder with random weights; the defaults are those of ViT-L/14. Its vocabulary is IEDP's own small one. */
public record TextArchitecture(
        @Doc("Tokens of a text; shorter ones are padded, longer ones cut.") @Default("77") @Range(min = 3, max = 4096)
        int length,

        @Doc("Width of a token; must be what the backbone takes.") @Default("768") @Range(min = 1, max = 65536)
        int width,

        @Doc("Transformer layers.") @Default("12") @Range(min = 1, max = 256)
        int layers,

        @Doc("Attention heads.") @Default("12") @Range(min = 1, max = 1024)
        int heads) {
    public TextArchitecture {
        new ClipConfig(width, layers, heads, 4 * width, true);
    }

    /** The text encoder of these sizes, without some layers of its end. */
    public ClipText.Config text(int vocabulary, int skip) {
        return new ClipText.Config(new ClipConfig(width, layers, heads, 4 * width, true), vocabulary, length, skip);
    }
}
