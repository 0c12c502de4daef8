package io.iedp.verify.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.backbone.Trace;
import io.iedp.backbone.Unet;
import io.iedp.backbone.UnetConfig;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.verify.RecordedCase;
import java.util.List;
import java.util.function.BiFunction;

/** A whole UNet, as it predicts noise, for recorded cases. */
final class RecordedUnet {
    private final Unet unet;
    private final Unet.NoiseOutput output;

    private RecordedUnet(Layers layers, UnetConfig config) {
        unet = new Unet(layers, config, List.of(config.upBlocks() - 1));
        output = new Unet.NoiseOutput(layers, config);
    }

    static RecordedUnet load(RecordedCase recorded, WeightSource source, UnetConfig config) {
        return load(recorded, source, config, RecordedUnet::new);
    }

    /** Makes a model of a source that must hold its arrays and no others. */
    static <C, M> M load(RecordedCase recorded, WeightSource source, C config, BiFunction<Layers, C, M> model) {
        Weights frozen = new ModelWeights(recorded.manager(), 0).frozen();
        return Layers.load(source, frozen, recorded.kernels(), layers -> model.apply(layers, config));
    }

    /** The predicted noise. */
    NDArray predict(NDArray sample, NDArray timesteps, NDArray context, Trace trace) {
        return output.apply(
                unet.features(sample, doubles(timesteps), context, trace).head());
    }

    /** The timesteps' vectors. */
    NDArray embed(NDArray timesteps) {
        return unet.time().apply(timesteps.getManager(), doubles(timesteps));
    }

    static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
