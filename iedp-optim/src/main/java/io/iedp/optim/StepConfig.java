package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.util.List;

/** Settings of {@link Steps}. */
public record StepConfig(
        @Doc("After how many steps the learning rate is multiplied; what is below 1 is a share of all steps.")
        @NotEmpty
        @Range(min = 0, max = 1e9)
        List<Double> milestones,

        @Doc("What it is multiplied by at each.") @Default("0.1") @Range(min = 1e-6, max = 1)
        double factor) {
    public StepConfig {
        milestones = List.copyOf(milestones);
        for (double milestone : milestones) {
            if (milestone == 0 || milestone > 1 && milestone != Math.rint(milestone)) {
                throw new IllegalArgumentException(
                        "milestones has %s, but each must be a share above 0 and below 1, or a whole number of steps"
                                .formatted(milestone));
            }
        }
    }
}
