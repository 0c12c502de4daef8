package io.iedp.pretraining.objective;

import io.iedp.api.UserException;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.conditioning.TextEncoder;

/**
 * The parts of a Stable Diffusion that stay as they are while its UNet learns.
 *
 * @param vaeParameters those of the autoencoder
 * @param textParameters those of the text encoder
 */
record Frozen(
        Autoencoder autoencoder,
        VaeConfig vae,
        NamedArrays vaeParameters,
        TextEncoder encoder,
        NamedArrays textParameters) {
    /**
     * @throws UserException if the UNet does not go with them
     */
    void check(UnetConfig unet) {
        if (unet.inChannels() != vae.latentChannels() || unet.outChannels() != vae.latentChannels()) {
            throw new UserException(
                    "denoising: the UNet takes %s channels and gives %s, but the autoencoder's latents have %s"
                            .formatted(unet.inChannels(), unet.outChannels(), vae.latentChannels()));
        }
        if (unet.contextWidth() != encoder.width()) {
            throw new UserException("denoising: the UNet takes texts that are %s wide, but the text encoder's are %s"
                    .formatted(unet.contextWidth(), encoder.width()));
        }
    }
}
