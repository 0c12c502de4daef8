package ${package};

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about it. */
public record ${className}Config(
        @Doc("How much of the picture is erased.") @Default("0.1") @Range(min = 0, max = 1)
        double share) {}
