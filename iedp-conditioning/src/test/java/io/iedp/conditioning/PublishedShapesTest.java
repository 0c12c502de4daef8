package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.Layers;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.testing.Manifest;
import io.iedp.nn.testing.ParameterList;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Full-size encoders against the names and shapes of the published files. */
class PublishedShapesTest {
    private static final Path FILE = Path.of("file");

    private static Map<String, Shape> parameters(Consumer<Layers> model) {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            ParameterList list = new ParameterList(manager);
            model.accept(new Layers(list, kernels));
            return list.shapes();
        }
    }

    private static Map<String, Shape> without(StoredSource source, String prefix) {
        return Manifest.shapesOf(
                new RenamedSource(source, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : ""));
    }

    @Test
    void text() {
        Manifest manifest = Manifest.of("clip-text");
        ClipFile file = ClipFile.of(FILE, manifest, "text");
        ClipText.Config config = TextModel.config(file, file.unusedLayers());
        assertThat(config).isEqualTo(new ClipText.Config(new ClipConfig(768, 12, 12, 3072, true), 49408, 77, 0));
        Map<String, Shape> text = parameters(layers -> new ClipText(layers, config));
        assertThat(text).hasSize(196).isEqualTo(without(ClipNames.of(manifest, "text"), "text_model."));
        assertThat(ParameterList.count(text)).isEqualTo(123_060_480);
    }

    @Test
    void vision() {
        Manifest manifest = Manifest.of("clip-vision");
        ClipVision.Config config = ClipImageFactory.config(ClipFile.of(FILE, manifest, "vision"), 0);
        assertThat(config).isEqualTo(new ClipVision.Config(new ClipConfig(1024, 24, 16, 4096, true), 224, 14));
        Map<String, Shape> vision = parameters(layers -> new ClipVision(layers, config));
        StoredSource all = ClipNames.of(manifest, "vision");
        assertThat(vision).isEqualTo(without(all, "vision_model."));
        assertThat(ParameterList.count(vision)).isEqualTo(303_179_776);
        assertThat(ParameterList.count(Manifest.shapesOf(all))).isEqualTo(303_966_208);
    }

    @Test
    void textInAWholeStableDiffusion() {
        StoredSource text = ClipNames.of(Manifest.of("sd15-compvis"), "text");
        assertThat(Manifest.shapesOf(text))
                .isEqualTo(Manifest.shapesOf(ClipNames.of(Manifest.of("clip-text"), "text")));
    }

    /** OpenCLIP's ViT-H/14, which Stable Diffusion 2 takes but for the last of its 24 layers. */
    @Test
    void textInAWholeStableDiffusion2() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        String prefix = "cond_stage_model.model.";
        long width = 1024;
        shapes.put("model.diffusion_model.out.2.bias", new Shape(4));
        shapes.put(prefix + "positional_embedding", new Shape(77, width));
        shapes.put(prefix + "text_projection", new Shape(width, width));
        shapes.put(prefix + "logit_scale", new Shape());
        shapes.put(prefix + "token_embedding.weight", new Shape(49408, width));
        for (int i = 0; i < 24; i++) {
            String layer = prefix + "transformer.resblocks.%s.".formatted(i);
            shapes.put(layer + "attn.in_proj_weight", new Shape(3 * width, width));
            shapes.put(layer + "attn.in_proj_bias", new Shape(3 * width));
            shapes.put(layer + "attn.out_proj.weight", new Shape(width, width));
            shapes.put(layer + "attn.out_proj.bias", new Shape(width));
            shapes.put(layer + "mlp.c_fc.weight", new Shape(4 * width, width));
            shapes.put(layer + "mlp.c_fc.bias", new Shape(4 * width));
            shapes.put(layer + "mlp.c_proj.weight", new Shape(width, 4 * width));
            shapes.put(layer + "mlp.c_proj.bias", new Shape(width));
            for (String norm : new String[] {"ln_1", "ln_2"}) {
                shapes.put(layer + norm + ".weight", new Shape(width));
                shapes.put(layer + norm + ".bias", new Shape(width));
            }
        }
        shapes.put(prefix + "ln_final.weight", new Shape(width));
        shapes.put(prefix + "ln_final.bias", new Shape(width));
        Manifest manifest = new Manifest("sd2", shapes);

        ClipFile file = ClipFile.of(FILE, manifest, "text");
        ClipText.Config config = TextModel.config(file, file.unusedLayers());
        assertThat(config).isEqualTo(new ClipText.Config(new ClipConfig(1024, 24, 16, 4096, false), 49408, 77, 1));
        Map<String, Shape> text = parameters(layers -> new ClipText(layers, config));
        assertThat(text).isEqualTo(without(ClipNames.of(manifest, "text"), "text_model."));
        // Diffusers ships 23 layers, which have 340,387,840 parameters; one has 12 w^2 + 13 w.
        assertThat(ParameterList.count(text)).isEqualTo(340_387_840L + 12 * width * width + 13 * width);
    }

    @Test
    void saysWhichEncoderAFileLacks() {
        assertThatThrownBy(() -> ClipFile.of(FILE, Manifest.of("sd15-compvis"), "vision"))
                .isInstanceOf(UserException.class)
                .hasMessage("sd15-compvis holds no vision encoder of CLIP: it lacks "
                        + "'vision_model.encoder.layers.0.mlp.fc1.weight'.");
    }
}
