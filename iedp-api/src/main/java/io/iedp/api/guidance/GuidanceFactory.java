package io.iedp.api.guidance;

import io.iedp.api.ComponentFactory;

/** Makes a guidance branch; {@code guidance.NAME.type} of an experiment file chooses it. */
public interface GuidanceFactory<C extends Record> extends ComponentFactory<C, GuidanceContext, GuidanceBranch> {}
