package io.iedp.launcher.engine;

import io.iedp.api.task.MetricReport;

/** Hears what happens in training, on the training thread. */
public interface TrainingListener {
    /** After each step. */
    void stepped(StepReport step);

    /** After each evaluation. */
    void evaluated(int step, MetricReport metrics);
}
