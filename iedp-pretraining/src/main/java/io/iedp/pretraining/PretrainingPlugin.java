package io.iedp.pretraining;

import io.iedp.api.IedpPlugin;

/** Brings what samples diffusion models. */
public final class PretrainingPlugin implements IedpPlugin {}
