package io.iedp.heads;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;

/** What an experiment file says about the head {@code linear}. */
public record LinearConfig(
        @Doc("Which levels it sees: all, resized to the finest and joined, or finest, that one alone.") @Default("all")
        Levels levels,

        @Doc("Whether batch normalization comes before the layer, so that levels of any size of value train alike.")
        @Default("true")
        boolean norm) {

    /** Which levels a linear head sees. */
    public enum Levels {
        ALL,
        FINEST
    }
}
