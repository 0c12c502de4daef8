package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the guidance {@code none}. */
public record NoGuidanceConfig(
        @Doc("Tokens, all of them zero; how many makes no difference but to a head that takes attention maps.")
        @Default("1")
        @Range(min = 1, max = 4096)
        int tokens,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(GuidanceDocs.USE) @Default("always") When use) {}
