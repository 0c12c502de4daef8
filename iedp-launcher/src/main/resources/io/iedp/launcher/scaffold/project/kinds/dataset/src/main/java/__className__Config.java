package ${package};

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about it. */
public record ${className}Config(
        @Doc("Number of pictures.") @Default("100") @Range(min = 1, max = 1e9)
        int count,

        @Doc("Number of the first picture; parts that do not overlap share none.") @Default("0") @Range(min = 0, max = 1e9)
        int start) {}
