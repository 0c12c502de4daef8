package io.iedp.backbone;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One model of a folder in the layout of the diffusers library: {@code config.json} and a weights file. */
final class DiffusersFolder {
    private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

    private DiffusersFolder() {}

    static JsonObject config(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    "There is no %s. backbone.weights must name a diffusers folder, with unet/ and vae/ in it."
                            .formatted(file));
        }
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The UNet's weights, without the output layers, which feature extraction has no use for. */
    static WeightSource unet(Path folder) {
        return new RenamedSource(
                SafeTensors.open(folder.resolve(WEIGHTS)),
                name -> name.startsWith("conv_norm_out.") || name.startsWith("conv_out.") ? "" : name);
    }

    /** The weights of the VAE's encoder; older files name its attention differently. */
    static WeightSource vae(Path folder) {
        return new RenamedSource(SafeTensors.open(folder.resolve(WEIGHTS)), name -> {
            if (name.startsWith("decoder.") || name.startsWith("post_quant_conv.")) {
                return "";
            }
            return name.replace(".attentions.0.query.", ".attentions.0.to_q.")
                    .replace(".attentions.0.key.", ".attentions.0.to_k.")
                    .replace(".attentions.0.value.", ".attentions.0.to_v.")
                    .replace(".attentions.0.proj_attn.", ".attentions.0.to_out.0.");
        });
    }
}
