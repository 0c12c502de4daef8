package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the guidance {@code learned-prompts}. */
public record LearnedPromptsConfig(
        @Doc(
                "Learned embeddings, which are the tokens that the backbone sees; MetaPrompts has 150 for segmentation and "
                        + "50 for depth.")
        @Default("150")
        @Range(min = 1, max = 4096)
        int prompts,

        @Doc("Standard deviation of the embeddings' first values.") @Default("1") @Range(min = 0, max = 1000)
        double spread,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(GuidanceDocs.USE) @Default("always") When use) {}
