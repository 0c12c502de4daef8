package io.iedp.api.objective;

import io.iedp.api.ComponentFactory;
import io.iedp.api.Experimental;
import io.iedp.api.data.SampleCheck;

/** Makes an objective; {@code objective.type} of an experiment file chooses it. */
@Experimental
public interface TrainingObjectiveFactory<C extends Record>
        extends ComponentFactory<C, ObjectiveContext, TrainingObjective> {
    /** What the objective of a configuration asks of each sample, such as a caption. The default is nothing. */
    default SampleCheck check(C configuration) {
        return SampleCheck.NONE;
    }
}
