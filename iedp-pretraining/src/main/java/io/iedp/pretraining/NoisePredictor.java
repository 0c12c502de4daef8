package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.backbone.Trace;
import io.iedp.backbone.Unet;
import io.iedp.backbone.UnetConfig;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import io.iedp.nn.StochasticDepth;
import java.util.List;

/** A whole UNet with its output layers, as it predicts the noise of latents, or whatever it was trained to predict. */
public final class NoisePredictor {
    private final Kernels kernels;
    private final Unet unet;
    private final Unet.NoiseOutput output;

    /** Named as diffusers' UNet2DConditionModel. */
    public NoisePredictor(Layers layers, UnetConfig config) {
        this(layers, config, false);
    }

    /**
     * @param checkpointing whether the insides of blocks are computed again on the way back instead of kept
     */
    public NoisePredictor(Layers layers, UnetConfig config, boolean checkpointing) {
        kernels = layers.kernels();
        unet = new Unet(layers, config, List.of(config.upBlocks() - 1), checkpointing, StochasticDepth.NONE);
        output = new Unet.NoiseOutput(layers, config);
    }

    /**
     * @param source all arrays of the UNet
     * @throws io.iedp.api.UserException if it lacks some, or has others
     */
    public static NoisePredictor load(WeightSource source, UnetConfig config, Weights weights, Kernels kernels) {
        return Layers.load(source, weights, kernels, layers -> new NoisePredictor(layers, config));
    }

    /**
     * @param latents (B, C, h, w)
     * @param timesteps one of each sample, or one for all
     * @param context (B, T, contextWidth)
     * @return (B, outChannels, h, w)
     */
    public NDArray predict(NDArray latents, double[] timesteps, NDArray context) {
        return predict(latents, timesteps, context, Trace.none());
    }

    private NDArray predict(NDArray latents, double[] timesteps, NDArray context, Trace trace) {
        return Scopes.keep(() -> kernels.float32(
                output.apply(unet.features(latents, timesteps, context, trace).head())));
    }

    /**
     * What {@link #predict} gives, and the attention to each token, as a mean over heads and over all places that have
     * some.
     *
     * @return (B, outChannels, h, w), and (B, T, h, w), 1 in sum over tokens
     */
    public NDList predictAndAttend(NDArray latents, double[] timesteps, NDArray context) {
        return Scopes.keepAll(() -> {
            Trace trace = new Trace(place -> false, place -> true, true);
            NDArray prediction = predict(latents, timesteps, context, trace);
            NDArray[] maps = trace.weights().values().stream()
                    .map(weights -> map(weights, latents.getShape()))
                    .toArray(NDArray[]::new);
            return new NDList(prediction, NDArrays.add(maps).div(maps.length));
        });
    }

    /** (B, heads, N, T), of a level, to (B, T, h, w) of the latents, bicubically (Tang et al., 2023). */
    private NDArray map(NDArray weights, Shape latents) {
        long height = latents.get(2);
        long width = latents.get(3);
        NDArray mean = kernels.float32(weights).mean(new int[] {1});
        long cells = mean.getShape().get(1);
        int scale = (int) Math.round(Math.sqrt((double) (height * width) / cells));
        NDArray map = mean.swapAxes(1, 2)
                .reshape(mean.getShape().get(0), mean.getShape().get(2), height / scale, width / scale);
        return kernels.resizeBicubic(map, (int) height, (int) width);
    }
}
