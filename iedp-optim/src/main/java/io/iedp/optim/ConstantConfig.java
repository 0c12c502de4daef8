package io.iedp.optim;

/** A schedule that stays has no settings. */
public record ConstantConfig() {}
