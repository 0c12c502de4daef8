package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.conditioning.ClipImageFactory;
import io.iedp.conditioning.ClipText;
import io.iedp.conditioning.ClipVision;
import io.iedp.conditioning.ClipWeights;
import io.iedp.conditioning.TextModel;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.ModelWeights;
import io.iedp.verify.RecordedCase;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of CLIP's encoders with its projection, if it has one, for recorded cases.
 *
 * @param projection to the space that pictures and texts share
 */
record RecordedClip<M>(M encoder, Optional<Linear> projection) {
    static RecordedClip<ClipText> text(RecordedCase recorded, ClipWeights published) {
        ClipText.Config config = TextModel.config(published, published.unusedLayers());
        return load(recorded, published, config.transformer().width(), layers -> new ClipText(layers, config));
    }

    static RecordedClip<ClipVision> vision(RecordedCase recorded, ClipWeights published) {
        ClipVision.Config config = ClipImageFactory.config(published, 0);
        return load(recorded, published, config.transformer().width(), layers -> new ClipVision(layers, config));
    }

    private static <M> RecordedClip<M> load(
            RecordedCase recorded, ClipWeights published, int width, Function<Layers, M> model) {
        String projection = published.encoder().equals("text") ? "text_projection" : "visual_projection";
        try (WeightSource source = published.all()) {
            Weights frozen = new ModelWeights(recorded.manager(), 0).frozen();
            return Layers.load(source, frozen, recorded.kernels(), layers -> {
                M encoder = model.apply(layers.at(published.encoder() + "_model"));
                Optional<Linear> linear = source.shape(projection + ".weight")
                        .map(shape -> layers.linearNoBias(
                                projection, width, published.config().integer("projection_dim")));
                return new RecordedClip<>(encoder, linear);
            });
        }
    }

    /**
     * @param pooled (B, width)
     * @return (B, projection_dim)
     */
    Optional<NDArray> project(NDArray pooled) {
        return projection.map(linear -> linear.apply(pooled));
    }
}
