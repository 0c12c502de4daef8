package io.iedp.api.head;

import io.iedp.api.ComponentContext;
import io.iedp.api.backbone.FeatureLevel;
import java.util.List;

/** What a head gets from the host. */
public interface HeadContext extends ComponentContext {
    /** The levels that {@link Head#forward} will see, fine to coarse. */
    List<FeatureLevel> levels();

    /** How many tokens guide the backbone, which is how many channels an attention map has. */
    int tokens();

    /** How many channels the task asks for. */
    int outputs();
}
