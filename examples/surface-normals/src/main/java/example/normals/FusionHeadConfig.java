package example.normals;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the head. */
public record FusionHeadConfig(
        @Doc("Channels that all levels are brought to.") @Default("64") @Range(min = 1, max = 4096)
        int channels) {}
