package example.normals;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the task. */
public record SurfaceNormalsConfig(
        @Doc("How much of the overlay is the colour of the direction: 0 is the photograph alone, 1 the colours alone.")
        @Default("0.7")
        @Range(min = 0, max = 1)
        double opacity) {}
