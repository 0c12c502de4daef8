package io.iedp.backbone;

import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stable Diffusion's weights in one of the forms in which they are published, under the names of diffusers. */
public interface PublishedWeights extends AutoCloseable {
    /** The UNet's sizes as diffusers' {@code config.json} gives them. */
    ConfigFile unetConfig();

    /** The autoencoder's sizes as diffusers' {@code config.json} gives them. */
    ConfigFile vaeConfig();

    /** All arrays of the UNet; closing these weights closes it. */
    StoredSource unet();

    /** All arrays of the autoencoder; closing these weights closes it. */
    StoredSource vae();

    /** The UNet without the output layers, which feature extraction has no use for. */
    default StoredSource unetFeatures() {
        return RenamedSource.only(unet(), name -> !name.startsWith("conv_norm_out.") && !name.startsWith("conv_out."));
    }

    /** The autoencoder without its decoder. */
    default StoredSource vaeEncoder() {
        return RenamedSource.only(vae(), name -> !name.startsWith("decoder.") && !name.startsWith("post_quant_conv."));
    }

    @Override
    void close();

    /**
     * Opens a diffusers folder or a single file.
     *
     * @param heads and {@code groups}: see {@link CompVisFile#open}
     * @throws UserException if it is neither
     */
    static PublishedWeights open(Path named, int heads, int groups) {
        if (Files.isDirectory(named)) {
            return DiffusersFolder.open(named);
        }
        if (!Files.exists(named)) {
            throw new UserException(
                    "backbone.weights is %s, which is not there. It must name a diffusers folder, with unet/ and vae/ in it, or a single file, .safetensors or .ckpt."
                            .formatted(named));
        }
        return CompVisFile.open(named, heads, groups);
    }
}
