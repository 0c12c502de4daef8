package io.iedp.api.data;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * Samples of one size on the device.
 *
 * @param pixels (B, 3, H, W), red, green, blue from 0 to 1
 * @param targets the targets that all samples have, (B, H, W) or (B, C, H, W) for several channels,
 *     as 32-bit floats
 * @param samples what the arrays were made from, after augmentation; at inference without their targets, unless a
 *     branch of guidance is an oracle
 * @param unchanged whether the pixels are the samples' pictures as they are, so that these can stand for them; not when
 *     they show the samples another way, or when it is not known
 */
public record Batch(NDArray pixels, Map<String, NDArray> targets, List<Sample> samples, boolean unchanged) {
    public Batch {
        targets = Map.copyOf(targets);
        samples = List.copyOf(samples);
    }

    /** Pixels of which it is not known whether they are the samples' pictures as they are. */
    public Batch(NDArray pixels, Map<String, NDArray> targets, List<Sample> samples) {
        this(pixels, targets, samples, false);
    }

    /** Pictures alone, at inference. */
    public static Batch of(NDArray pixels) {
        return new Batch(pixels, Map.of(), List.of());
    }

    /**
     * The same samples seen another way: in part, turned or resized. The targets are left out, since they do not
     * fit.
     *
     * @param changed (B, 3, H, W) from 0 to 1
     */
    public Batch withPixels(NDArray changed) {
        return new Batch(changed, Map.of(), samples);
    }

    public int size() {
        return (int) pixels.getShape().get(0);
    }

    /** The target of that name. */
    public NDArray target(String key) {
        NDArray target = targets.get(key);
        if (target == null) {
            throw new IllegalArgumentException(
                    "The samples have no common target '%s'; they have %s".formatted(key, targets.keySet()));
        }
        return target;
    }
}
