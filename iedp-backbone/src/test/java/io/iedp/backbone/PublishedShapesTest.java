package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.testing.Manifest;
import io.iedp.nn.testing.ParameterList;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Full-size models against the names and shapes of the published files. */
class PublishedShapesTest {
    private static final String SD15_UNET = """
            {"block_out_channels": [320, 640, 1280, 1280], "layers_per_block": 2, "cross_attention_dim": 768,
             "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
             "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
             "attention_head_dim": 8, "norm_num_groups": 32, "in_channels": 4, "out_channels": 4}""";

    private static final String SD21_CHANGES = """
            {"cross_attention_dim": 1024, "attention_head_dim": [5, 10, 20, 20], "use_linear_projection": true}""";

    private static final String VAE = """
            {"block_out_channels": [128, 256, 512, 512], "layers_per_block": 2, "latent_channels": 4,
             "norm_num_groups": 32, "in_channels": 3, "out_channels": 3}""";

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static Map<String, Shape> parameters(Consumer<Layers> model) {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            ParameterList list = new ParameterList(manager);
            model.accept(new Layers(list, kernels));
            return list.shapes();
        }
    }

    private static Map<String, Shape> unet(UnetConfig config) {
        return parameters(layers -> {
            new Unet(layers, config, config.standardTaps());
            new Unet.NoiseOutput(layers, config);
        });
    }

    @Test
    void unetOfStableDiffusion1() {
        Map<String, Shape> unet = unet(UnetConfig.parse(new ConfigFile(json(SD15_UNET), "SD 1.5")));
        assertThat(unet).hasSize(686).isEqualTo(Manifest.of("sd15-unet").shapes());
        assertThat(ParameterList.count(unet)).isEqualTo(859_520_964);
    }

    @Test
    void unetOfStableDiffusion2() {
        JsonObject config = json(SD15_UNET);
        json(SD21_CHANGES).entrySet().forEach(each -> config.add(each.getKey(), each.getValue()));
        Map<String, Shape> unet = unet(UnetConfig.parse(new ConfigFile(config, "SD 2.1")));
        assertThat(unet).hasSize(686).isEqualTo(Manifest.of("sd21-unet").shapes());
        assertThat(ParameterList.count(unet)).isEqualTo(865_910_724);
    }

    @Test
    void autoencoder() {
        Map<String, Shape> vae = parameters(layers -> {
            VaeConfig config = VaeConfig.parse(new ConfigFile(json(VAE), "VAE"));
            new VaeEncoder(layers, config);
            new VaeDecoder(layers, config);
        });
        assertThat(vae).hasSize(248).isEqualTo(Manifest.of("sd15-vae").shapes());
        assertThat(ParameterList.count(vae)).isEqualTo(83_653_863);
    }

    @Test
    void encoderOfTheAutoencoder() {
        Map<String, Shape> encoder =
                parameters(layers -> new VaeEncoder(layers, VaeConfig.parse(new ConfigFile(json(VAE), "VAE"))));
        assertThat(encoder)
                .isEqualTo(Manifest.of("sd15-vae").shapes(name -> !name.matches("(decoder|post_quant_conv)\\..*")));
        assertThat(ParameterList.count(encoder)).isEqualTo(34_163_664);
    }

    /** The names and shapes of a single file become those of the diffusers folder, and give its sizes. */
    @Test
    void singleFile() {
        try (CompVisFile file = CompVisFile.of(Manifest.of("sd15-compvis"), 8, 32)) {
            assertThat(Manifest.shapesOf(file.unet()))
                    .isEqualTo(Manifest.of("sd15-unet").shapes());
            assertThat(Manifest.shapesOf(file.vae()))
                    .isEqualTo(Manifest.of("sd15-vae").shapes());
            assertThat(UnetConfig.parse(file.unetConfig()))
                    .isEqualTo(UnetConfig.parse(new ConfigFile(json(SD15_UNET), "SD 1.5")));
            assertThat(VaeConfig.parse(file.vaeConfig())).isEqualTo(VaeConfig.parse(new ConfigFile(json(VAE), "VAE")));
        }
    }
}
