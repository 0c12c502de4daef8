package io.iedp.tasks;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the task {@code semantic-segmentation}. */
public record SemanticSegmentationConfig(
        @Doc("Edge of the square window that slides over larger pictures, in pixels; 0 takes pictures whole.")
        @Default("512")
        @Range(min = 0, max = 65536)
        int window,

        @Doc("Pixels from one window to the next; less than the window, they overlap and are averaged.")
        @Default("341")
        @Range(min = 1, max = 65536)
        int stride,

        @Doc("How much of the overlay is the prediction's colour: 0 is the photograph alone, 1 the colours alone.")
        @Default("0.5")
        @Range(min = 0, max = 1)
        double opacity) {
    public SemanticSegmentationConfig {
        if (window > 0 && stride > window) {
            throw new IllegalArgumentException(
                    "stride is %d, but steps longer than the window of %d would leave gaps".formatted(stride, window));
        }
    }
}
