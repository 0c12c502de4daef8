package io.iedp.optim;

/** A schedule that falls along half a wave has no settings. */
public record CosineConfig() {}
