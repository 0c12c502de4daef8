package ${package};

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about it. */
public record ${className}Config(
        @Doc("The distance that is drawn white, in metres.") @Default("10") @Range(min = 0.1, max = 1000)
        double white) {}
