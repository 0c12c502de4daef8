package io.iedp.pretraining;

import io.iedp.nn.ConfigFile;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Whether the originals that a model predicts are kept within bounds.
 *
 * @param most the largest absolute value
 */
record Clipping(OptionalDouble most) {
    static Clipping parse(ConfigFile file, boolean otherwise) {
        double range = file.positive("clip_sample_range", 1e6, 1);
        return new Clipping(file.flag("clip_sample", otherwise) ? OptionalDouble.of(range) : OptionalDouble.empty());
    }

    double[] clip(double[] original) {
        return most.isEmpty()
                ? original
                : Arrays.stream(original)
                        .map(each -> Math.max(-most.getAsDouble(), Math.min(each, most.getAsDouble())))
                        .toArray();
    }
}
