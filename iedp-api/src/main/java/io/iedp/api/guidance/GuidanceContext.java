package io.iedp.api.guidance;

import io.iedp.api.ComponentContext;
import io.iedp.api.data.DatasetInfo;

/** What a guidance branch gets from the host. */
public interface GuidanceContext extends ComponentContext {
    /** Width of the embeddings that the backbone takes. */
    int contextWidth();

    /** The training data's classes, for prompts. */
    DatasetInfo data();
}
