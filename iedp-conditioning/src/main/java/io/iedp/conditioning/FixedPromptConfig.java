package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.nio.file.Path;
import java.util.Optional;

/** What an experiment file says about the guidance {@code fixed-prompt}. */
public record FixedPromptConfig(
        @Doc("The prompt of every picture; empty is what Stable Diffusion takes for no prompt.") @Default("''")
        String prompt,

        @Doc(KeyDocs.WEIGHTS) Optional<Path> weights,

        @Doc(KeyDocs.TOKENIZER) Optional<Path> tokenizer,

        @Doc(KeyDocs.LENGTH) @Range(min = 3, max = 4096) Optional<Integer> length,

        @Doc(KeyDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(KeyDocs.USE) @Default("always") When use,

        @Doc(KeyDocs.SKIP_LAYERS) @Range(min = 0, max = 64) Optional<Integer> skipLayers,

        @Doc(KeyDocs.ARCHITECTURE) @Default("{}") TextArchitecture architecture)
        implements TextKeys {}
