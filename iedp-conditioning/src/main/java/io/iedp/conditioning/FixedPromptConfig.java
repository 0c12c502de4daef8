package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.util.Optional;

/** What an experiment file says about the guidance {@code fixed-prompt}. */
public record FixedPromptConfig(
        @Doc("The prompt of every picture; empty is what Stable Diffusion takes for no prompt.") @Default("''")
        String prompt,

        @Doc(GuidanceDocs.WEIGHTS) @WeightParts({"text_encoder", "tokenizer"})
        Optional<WeightsPath> weights,

        @Doc(GuidanceDocs.TOKENIZER) @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc(GuidanceDocs.LENGTH) @Range(min = 3, max = 4096)
        Optional<Integer> length,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(GuidanceDocs.USE) @Default("always") When use,

        @Doc(GuidanceDocs.SKIP_LAYERS) @Range(min = 0, max = 64)
        Optional<Integer> skipLayers,

        @Doc(GuidanceDocs.ARCHITECTURE) @Default("{}") TextArchitecture architecture)
        implements TextKeys {
    public FixedPromptConfig {
        Placeholders.refuse("prompt", prompt);
    }
}
