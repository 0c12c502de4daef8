package io.iedp.api.data;

import java.util.Map;

/**
 * One picture with what is known about it.
 *
 * @param name unique in its data set, usable as a file name without ending
 * @param image the picture
 * @param targets ground truth by name, each of the picture's size; the usual names are constants here
 * @param texts sentences about the picture by name, such as its caption
 */
public record Sample(String name, RgbImage image, Map<String, Raster> targets, Map<String, String> texts) {
    /** Name of the target that holds class indices. */
    public static final String LABELS = "labels";

    /** Name of the target that holds metric depth. */
    public static final String DEPTH = "depth";

    /** Name of the target that is 1 where what {@link #EXPRESSION} refers to is, and 0 elsewhere. */
    public static final String MASK = "mask";

    /**
     * Name of the target that holds the directions that surfaces face: unit vectors in the camera's axes, three channels, of
     * x to the right, y up and z towards the camera; 0 in all three for pixels without one.
     */
    public static final String NORMALS = "normals";

    /** Name of the text that describes the whole picture. */
    public static final String CAPTION = "caption";

    /** Name of the text that guidance by words takes instead of its own, such as one to try. */
    public static final String PROMPT = "prompt";

    /** Name of the text that names the kind of place. */
    public static final String SCENE = "scene";

    /** Name of the text that refers to one thing in the picture, as in {@code the left chair}. */
    public static final String EXPRESSION = "expression";

    public Sample {
        targets = Map.copyOf(targets);
        texts = Map.copyOf(texts);
        targets.forEach((key, raster) -> {
            if (raster.width() != image.width() || raster.height() != image.height()) {
                throw new IllegalArgumentException("%s: the image is %s x %s, but its %s are %s x %s"
                        .formatted(name, image.width(), image.height(), key, raster.width(), raster.height()));
            }
        });
    }

    /** The same without its ground truth. */
    public Sample withoutTargets() {
        return new Sample(name, image, Map.of(), texts);
    }

    /** The ground truth of that name. */
    public Raster target(String key) {
        Raster raster = targets.get(key);
        if (raster == null) {
            throw new IllegalArgumentException(
                    "%s has no target '%s'; it has %s".formatted(name, key, targets.keySet()));
        }
        return raster;
    }
}
