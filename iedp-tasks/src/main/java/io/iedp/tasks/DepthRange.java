package io.iedp.tasks;

/**
 * The depths that are measured.
 *
 * @param min what is not more is no reading, in metres
 * @param max in metres
 * @param clip whether predictions are held between the two
 */
public record DepthRange(double min, double max, boolean clip) {
    /** Whether a reading counts, as in VPD: both ends, as 32-bit floats, are left out. */
    boolean counts(float reading) {
        return reading > (float) min && reading < (float) max;
    }

    /** A prediction without what is no finite number: the largest depth for infinity, the least for NaN, as in VPD. */
    float finite(float prediction) {
        if (Float.isNaN(prediction)) {
            return (float) min;
        }
        if (Float.isInfinite(prediction)) {
            return clip && prediction < 0 ? (float) min : (float) max;
        }
        return clip ? (float) Math.max(min, Math.min(max, prediction)) : prediction;
    }
}
