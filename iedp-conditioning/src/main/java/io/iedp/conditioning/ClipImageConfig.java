package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.util.Optional;

/** What an experiment file says about the guidance {@code clip-image}. */
public record ClipImageConfig(
        @Doc("A transformers folder of CLIP, or a single file; without it, the image encoder's weights are random.")
        @WeightParts("image_encoder")
        Optional<WeightsPath> weights,

        @Doc("Width between the projector's two layers; without it, the width of the backbone's embeddings.")
        @Range(min = 1, max = 65536)
        Optional<Integer> projector,

        @Doc("Learnable queries, which are the tokens that the backbone sees.")
        @Default("77")
        @Range(min = 1, max = 4096)
        int queries,

        @Doc("Standard deviation of the queries' first values.") @Default("0.02") @Range(min = 0, max = 1000)
        double spread,

        @Doc("Blocks of self-attention, cross-attention and feed-forward on the queries.")
        @Default("1")
        @Range(min = 1, max = 64)
        int blocks,

        @Doc("Attention heads of a block.") @Default("8") @Range(min = 1, max = 1024)
        int heads,

        @Doc("Width of a block's feed-forward layer, as a multiple of the tokens' width.")
        @Default("4")
        @Range(min = 1, max = 64)
        int widening,

        @Doc("Which of the image encoder's tokens the queries look at.") @Default("all")
        Tokens tokens,

        @Doc("Layers of the image encoder's end to leave out: 1 for its penultimate states.")
        @Default("0")
        @Range(min = 0, max = 255)
        int skipLayers,

        @Doc("How a picture becomes the square that CLIP takes: squeeze it or crop its middle.") @Default("squeeze")
        Fit fit,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(GuidanceDocs.USE) @Default("always") When use,

        @Doc("Sizes of the image encoder when its weights are random.") @Default("{}")
        Architecture architecture) {
    public ClipImageConfig {
        if (weights.isEmpty() && skipLayers >= architecture.layers()) {
            throw new IllegalArgumentException(
                    "skip-layers leaves none of the image encoder's %s layers".formatted(architecture.layers()));
        }
    }

    /** Which of the image encoder's tokens are used. */
    public enum Tokens {
        ALL,
        PATCH,
        CLS
    }

    /** Sizes of the image encoder; the defaults are those of ViT-L/14. */
    public record Architecture(
            @Doc("Edge of the picture, in pixels.") @Default("224") @Range(min = 1, max = 4096)
            int imageSize,

            @Doc("Edge of a patch, in pixels.") @Default("14") @Range(min = 1, max = 1024)
            int patch,

            @Doc("Width of a token.") @Default("1024") @Range(min = 1, max = 65536)
            int width,

            @Doc("Transformer layers.") @Default("24") @Range(min = 1, max = 256)
            int layers,

            @Doc("Attention heads.") @Default("16") @Range(min = 1, max = 1024)
            int heads) {
        public Architecture {
            toVision(imageSize, patch, width, layers, heads, 0);
        }

        /** The image encoder of these sizes, without some layers of its end. */
        public ClipVision.Config vision(int skip) {
            return toVision(imageSize, patch, width, layers, heads, skip);
        }

        private static ClipVision.Config toVision(
                int imageSize, int patch, int width, int layers, int heads, int skip) {
            return new ClipVision.Config(new ClipConfig(width, layers, heads, 4 * width, true), imageSize, patch, skip);
        }
    }
}
