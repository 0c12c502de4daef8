package io.iedp.backbone;

import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in the layout of the diffusers library, in which each model has one with {@code config.json} and weights. */
public record DiffusersFolder(Path folder, StoredSource unet, StoredSource vae) implements PublishedWeights {
    private static final String WEIGHTS = "diffusion_pytorch_model";
    private static final String UNET = "unet";
    private static final String VAE = "vae";

    /**
     * @throws UserException if something in it is missing or damaged
     */
    static DiffusersFolder open(Path folder) {
        config(folder.resolve(UNET));
        config(folder.resolve(VAE));
        StoredSource unet = unet(folder.resolve(UNET));
        try {
            return new DiffusersFolder(folder, unet, vae(folder.resolve(VAE)));
        } catch (RuntimeException e) {
            unet.close();
            throw e;
        }
    }

    @Override
    public ConfigFile unetConfig() {
        return config(folder.resolve(UNET));
    }

    @Override
    public ConfigFile vaeConfig() {
        return config(folder.resolve(VAE));
    }

    @Override
    public void close() {
        unet.close();
        vae.close();
    }

    /** The configuration in one model's folder. */
    public static ConfigFile config(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    "There is no %s. backbone.weights must name a diffusers folder, with unet/ and vae/ in it, or a single file, .safetensors or .ckpt."
                            .formatted(file));
        }
        return ConfigFile.read(file);
    }

    /** The arrays in a UNet's folder. */
    public static StoredSource unet(Path folder) {
        return WeightFiles.inFolder(folder, WEIGHTS, WEIGHTS);
    }

    /** The arrays in an autoencoder's folder; files from before diffusers 0.17 name its attention differently. */
    public static StoredSource vae(Path folder) {
        return new RenamedSource(
                WeightFiles.inFolder(folder, WEIGHTS, WEIGHTS),
                name -> name.replace(".attentions.0.query.", ".attentions.0.to_q.")
                        .replace(".attentions.0.key.", ".attentions.0.to_k.")
                        .replace(".attentions.0.value.", ".attentions.0.to_v.")
                        .replace(".attentions.0.proj_attn.", ".attentions.0.to_out.0."));
    }
}
