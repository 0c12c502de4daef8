package io.iedp.backbone;

import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import io.iedp.nn.ConfigFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a config.json says of a model. */
class SizesFuzzTest {
    @TempDir
    Path folder;

    private static List<byte[]> seeds(String text) {
        return List.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unets() {
        String config =
                "{\"block_out_channels\": [32, 64], \"down_block_types\": [\"CrossAttnDownBlock2D\", \"DownBlock2D\"],"
                        + " \"up_block_types\": [\"UpBlock2D\", \"CrossAttnUpBlock2D\"], \"layers_per_block\": 2,"
                        + " \"attention_head_dim\": [4, 8], \"cross_attention_dim\": 768, \"norm_num_groups\": 32,"
                        + " \"in_channels\": 4, \"norm_eps\": 1e-5, \"flip_sin_to_cos\": true, \"freq_shift\": 0}";
        Fuzz.run("unets", 3000, seeds(config), Frugal.file(folder.resolve("config.json"), file -> {
            UnetConfig unet = UnetConfig.parse(ConfigFile.read(file));
            unet.standardTaps();
            unet.timeWidth();
        }));
    }

    @Test
    void autoencoders() {
        String config = "{\"block_out_channels\": [32, 64], \"down_block_types\": [\"DownEncoderBlock2D\"],"
                + " \"layers_per_block\": 1, \"latent_channels\": 4, \"norm_num_groups\": 32, \"scaling_factor\": 0.18215}";
        Fuzz.run("autoencoders", 3000, seeds(config), Frugal.file(folder.resolve("config.json"), file -> {
            VaeConfig vae = VaeConfig.parse(ConfigFile.read(file));
            vae.stride();
            vae.widest();
        }));
    }
}
