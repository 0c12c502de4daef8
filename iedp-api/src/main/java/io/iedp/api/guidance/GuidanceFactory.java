package io.iedp.api.guidance;

import io.iedp.api.ComponentFactory;

/** Makes a guidance branch; {@code guidance.NAME.type} of an experiment file chooses it. */
public interface GuidanceFactory<C extends Record> extends ComponentFactory<C, GuidanceContext, GuidanceBranch> {
    /**
     * When the branch of a configuration will take part, known before it is made: one that does in training only is not made,
     * nor are its weights looked for, by whoever just predicts. The default has it made each time.
     */
    default GuidanceBranch.Use use(C configuration) {
        return GuidanceBranch.Use.ALWAYS;
    }
}
