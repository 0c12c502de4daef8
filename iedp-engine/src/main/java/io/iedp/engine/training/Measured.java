package io.iedp.engine.training;

import io.iedp.api.task.MetricReport;

/** Metrics with the name of what they belong to, such as a run or a baseline. */
public record Measured(String name, MetricReport metrics) {}
