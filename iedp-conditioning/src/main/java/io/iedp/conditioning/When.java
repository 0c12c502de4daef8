package io.iedp.conditioning;

import io.iedp.api.guidance.GuidanceBranch;

/** When a branch takes part that needs no ground truth. */
public enum When {
    /** In training and at inference. */
    ALWAYS,
    /** In training only, beside another branch that runs at inference. */
    TRAINING;

    GuidanceBranch.Use use() {
        return this == ALWAYS ? GuidanceBranch.Use.ALWAYS : GuidanceBranch.Use.TRAINING;
    }
}
