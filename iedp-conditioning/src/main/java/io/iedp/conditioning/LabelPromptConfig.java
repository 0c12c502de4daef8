package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.nn.WeightsPath;
import java.util.Optional;

/** What an experiment file says about the guidance {@code label-prompt}. */
public record LabelPromptConfig(
        @Doc(GuidanceDocs.WEIGHTS) @WeightParts({"text_encoder", "tokenizer"})
        Optional<WeightsPath> weights,

        @Doc(GuidanceDocs.TOKENIZER) @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc("The prompt: {labels} becomes the names of the classes in the picture, the largest first, of which the "
                + "smallest are left out if not all fit; {scene}, {caption} and others become the sample's texts, as in "
                + "'a photo of a {scene}' for depth.")
        @Default("a photo of {labels}")
        @NotEmpty
        String template,

        @Doc("What stands between two names.") @Default("', '")
        String separator,

        @Doc("Which of the text encoder's states are used: all, or pooled, the one at the end of the prompt.")
        @Default("all")
        Tokens tokens,

        @Doc(GuidanceDocs.LENGTH) @Range(min = 3, max = 4096)
        Optional<Integer> length,

        @Doc(GuidanceDocs.ADAPTER) @Default("false") boolean adapter,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("When the branch takes part: in training only, or, to see how good the model would be if it knew, as an "
                + "oracle, which gets the ground truth of the whole picture in evaluation, too.")
        @Default("training")
        Use use,

        @Doc(GuidanceDocs.SKIP_LAYERS) @Range(min = 0, max = 64)
        Optional<Integer> skipLayers,

        @Doc(GuidanceDocs.ARCHITECTURE) @Default("{}") TextArchitecture architecture)
        implements TextKeys {
    public LabelPromptConfig {
        Placeholders.require("template", template);
    }

    /** Which of the text encoder's states are used. */
    public enum Tokens {
        ALL,
        POOLED
    }

    /** When the branch takes part. */
    public enum Use {
        /** In training only. */
        TRAINING,
        /** In training and evaluation, with the ground truth in both. */
        ORACLE;

        GuidanceBranch.Use use() {
            return this == TRAINING ? GuidanceBranch.Use.TRAINING : GuidanceBranch.Use.ORACLE;
        }
    }
}
