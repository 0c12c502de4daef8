package io.iedp.datasets.transform;

import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.random.RandomGenerator;

/** Brings every sample to one size, whatever its shape was. */
public record Resize(Resize.Config config) implements Transform {
    public record Config(
            @Doc("New width, in pixels.") @Range(min = 1, max = 65536)
            int width,

            @Doc("New height, in pixels.") @Range(min = 1, max = 65536)
            int height) {}

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        return Resampling.resize(sample, config.width, config.height);
    }
}
