package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import java.nio.file.Path;

/** Makes the guidance {@code clip-image}. */
public final class ClipImageFactory implements GuidanceFactory<ClipImageConfig> {
    @Override
    public String type() {
        return "clip-image";
    }

    @Override
    public Class<ClipImageConfig> configuration() {
        return ClipImageConfig.class;
    }

    @Override
    public String description() {
        return "Implicit guidance: a frozen CLIP image encoder, a projector and learnable queries.";
    }

    @Override
    public GuidanceBranch create(ClipImageConfig configuration, GuidanceContext context) {
        if (context.contextWidth() % configuration.heads() != 0) {
            throw new UserException("clip-image: the backbone's embeddings are %s wide, which %s heads do not divide."
                    .formatted(context.contextWidth(), configuration.heads()));
        }
        Weights frozen = context.weights().scope("clip.vision_model").frozen();
        ClipVision vision = configuration
                .weights()
                .map(weights -> load(weights.path(), configuration.skipLayers(), frozen, context))
                .orElseGet(() -> new ClipVision(
                        new Layers(frozen, context.kernels()),
                        configuration.architecture().vision(configuration.skipLayers())));
        ClipPixels pixels = new ClipPixels(
                context.kernels(), context.weights().manager(), vision.config().imageSize(), configuration.fit());
        return new ClipImage(
                configuration,
                vision,
                pixels,
                new Layers(context.weights(), context.kernels()),
                context.contextWidth());
    }

    private static ClipVision load(Path path, int skip, Weights weights, GuidanceContext context) {
        ClipWeights published = ClipWeights.open(path, "vision");
        ClipVision.Config config = config(published, skip);
        try (WeightSource source = published.weights()) {
            return Layers.load(source, weights, context.kernels(), layers -> new ClipVision(layers, config));
        }
    }

    /**
     * The sizes of an image encoder, as its configuration gives them; {@code skip} layers of its end are left out.
     */
    public static ClipVision.Config config(ClipWeights published, int skip) {
        ConfigFile file = published.config();
        file.expect("num_channels", 3);
        return file.make(() -> new ClipVision.Config(
                ClipConfig.parse(file),
                file.size("image_size", ClipVision.Config.LARGEST),
                file.size("patch_size", ClipVision.Config.LARGEST),
                skip));
    }
}
