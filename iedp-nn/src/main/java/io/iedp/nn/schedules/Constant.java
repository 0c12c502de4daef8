package io.iedp.nn.schedules;

/** What an experiment file says about the schedule {@code constant}: nothing. */
record Constant() {}
