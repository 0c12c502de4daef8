package ${package};

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about it. */
public record ${className}Config(
        @Doc("Standard deviation of the first weights.") @Default("0.01") @Range(min = 0, max = 1)
        double spread) {}
