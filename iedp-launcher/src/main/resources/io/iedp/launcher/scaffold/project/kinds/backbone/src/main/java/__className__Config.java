package ${package};

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about it. */
public record ${className}Config(
        @Doc("Channels of the finest level; the other has twice as many.") @Default("16") @Range(min = 1, max = 4096)
        int channels) {}
