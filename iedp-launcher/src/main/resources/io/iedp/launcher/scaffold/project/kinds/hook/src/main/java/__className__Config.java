package ${package};

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about it. */
public record ${className}Config(
        @Doc("Steps between two lines.") @Default("100") @Range(min = 1, max = 1e9)
        int every) {}
