package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
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
        return Scopes.keep(() -> output.apply(
                unet.features(latents, timesteps, context, Trace.none()).head()));
    }
}
