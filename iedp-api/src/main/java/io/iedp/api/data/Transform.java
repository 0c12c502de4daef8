package io.iedp.api.data;

import java.util.random.RandomGenerator;

/**
 * A change to a training sample: its picture and all of its targets together. Labels are never
 * blended, nor depth across invalid pixels. Implementations hold no state and are used by several
 * threads at once.
 */
@FunctionalInterface
public interface Transform {
    /**
     * Returns the changed sample; the given one stays as it is.
     *
     * @param random the sample's own source: all random choices come from it
     */
    Sample apply(Sample sample, RandomGenerator random);
}
