package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.nio.file.Path;
import java.util.Optional;

/** What an experiment file says about the guidance {@code label-prompt}. */
public record LabelPromptConfig(
        @Doc("A Stable Diffusion folder with text_encoder/ and tokenizer/, a transformers folder of CLIP, or a single "
                + "file of either; without it, the text encoder's weights are random.")
        Optional<Path> weights,

        @Doc("A folder with tokenizer.json, or with vocab.json and merges.txt; without it, the one beside the weights.")
        Optional<Path> tokenizer,

        @Doc("The prompt: {labels} becomes the names of the classes in the picture, the largest first; {scene}, "
                + "{caption} and others become the sample's texts.")
        @Default("a photo of {labels}")
        @NotEmpty
        String template,

        @Doc("What stands between two names.") @Default("', '")
        String separator,

        @Doc("Factor of this branch's loss.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("Layers of the text encoder's end to leave out: 1 for Stable Diffusion 2 with a whole OpenCLIP encoder; "
                + "without it, 1 for a single file of Stable Diffusion 2 and 0 for others.")
        @Range(min = 0, max = 64)
        Optional<Integer> skipLayers,

        @Doc("Sizes of the text encoder when its weights are random.") @Default("{}")
        Architecture architecture) {

    /** Sizes of the text encoder; the defaults are those of ViT-L/14. Its vocabulary is IEDP's own small one. */
    public record Architecture(
            @Doc("Tokens of a prompt; shorter ones are padded, longer ones cut.")
            @Default("77")
            @Range(min = 3, max = 4096)
            int length,

            @Doc("Width of a token; must be what the backbone takes.") @Default("768") @Range(min = 1, max = 65536)
            int width,

            @Doc("Transformer layers.") @Default("12") @Range(min = 1, max = 256)
            int layers,

            @Doc("Attention heads.") @Default("12") @Range(min = 1, max = 1024)
            int heads) {
        public Architecture {
            new ClipConfig(width, layers, heads, 4 * width, true);
        }

        ClipText.Config text(int vocabulary, int skip) {
            return new ClipText.Config(new ClipConfig(width, layers, heads, 4 * width, true), vocabulary, length, skip);
        }
    }
}
