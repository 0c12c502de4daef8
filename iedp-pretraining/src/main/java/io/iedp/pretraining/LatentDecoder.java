package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.backbone.VaeConfig;
import io.iedp.backbone.VaeDecoder;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;

/**
 * Pictures from latents.
 *
 * @param config says by how much the latents are scaled
 */
public record LatentDecoder(VaeDecoder decoder, VaeConfig config) {
    private static final String DECODER = "decoder.";

    /**
     * @param vae all arrays of an autoencoder, named as diffusers' AutoencoderKL
     * @throws io.iedp.api.UserException if it lacks some of the decoder's
     */
    public static LatentDecoder load(StoredSource vae, VaeConfig config, Weights weights, Kernels kernels) {
        if (vae.names().stream().noneMatch(name -> name.startsWith(DECODER))) {
            throw new UserException(
                    "%s has no decoder, without which latents become no pictures: none of its %s arrays begins with '%s'"
                            .formatted(vae.description(), vae.names().size(), DECODER));
        }
        WeightSource own =
                RenamedSource.only(vae, name -> name.startsWith(DECODER) || name.startsWith("post_quant_conv."));
        return new LatentDecoder(Layers.load(own, weights, kernels, layers -> new VaeDecoder(layers, config)), config);
    }

    /**
     * @param latents (B, C, h, w), as a diffusion model has them
     * @return (B, 3, H, W), about -1 to 1
     */
    public NDArray decode(NDArray latents) {
        return Scopes.keep(() -> decoder.decode(latents.div(config.latentScale())));
    }

    /** The pictures that {@link #decode} gives, from 0 to 1. */
    public NDArray picture(NDArray latents) {
        return Scopes.keep(() -> decode(latents).div(2).add(0.5).clip(0, 1));
    }
}
