package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;
import java.nio.file.Path;

/** A published CLIP's image encoder with the projection into the space that pictures and texts share. */
final class ImageEmbedding {
    private static final String PROJECTION = "visual_projection";

    private final ClipVision vision;
    private final Linear projection;
    private final ClipPixels pixels;

    private ImageEmbedding(ClipVision vision, Linear projection, ClipPixels pixels) {
        this.vision = vision;
        this.projection = projection;
        this.pixels = pixels;
    }

    /**
     * @throws UserException if it is no CLIP, or has no projection
     */
    static ImageEmbedding load(Path path, Fit fit, Weights weights, Kernels kernels) {
        ClipWeights published = ClipWeights.open(path, "vision");
        ClipVision.Config config = ClipImageFactory.config(published, 0);
        ClipPixels pixels = new ClipPixels(kernels, weights.manager(), config.imageSize(), fit);
        try (WeightSource source = published.all()) {
            String name = PROJECTION + ".weight";
            Shape shape = source.shape(name)
                    .orElseThrow(() ->
                            new UserException("%s has no '%s', so its pictures cannot be compared: it is no whole CLIP."
                                    .formatted(source.description(), name)));
            return Layers.load(
                    source,
                    weights,
                    kernels,
                    layers -> new ImageEmbedding(
                            new ClipVision(layers.at("vision_model"), config),
                            layers.linear(
                                    PROJECTION,
                                    config.transformer().width(),
                                    Math.toIntExact(shape.get(0)),
                                    Initializer.ZEROS,
                                    false),
                            pixels));
        }
    }

    /**
     * @param manager of whatever is computed in between
     * @return as many values as the space is wide, of length 1
     */
    float[] of(RgbImage image, NDManager manager) {
        try (NDManager work = manager.newSubManager();
                NDArray embedded = Scopes.keep(() -> {
                    NDArray projected =
                            projection.apply(vision.pool(vision.encode(pixels.apply(picture(image, work)))));
                    return projected.div(projected.norm());
                })) {
            return embedded.toFloatArray();
        }
    }

    /** (1, 3, height, width), from 0 to 1. */
    private static NDArray picture(RgbImage image, NDManager manager) {
        byte[] bytes = image.pixels();
        int area = image.width() * image.height();
        float[] planes = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            planes[i % 3 * area + i / 3] = (bytes[i] & 0xff) / 255f;
        }
        return manager.create(planes, new Shape(1, 3, image.height(), image.width()));
    }
}
