package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Torch;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.testing.Goldens;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers' CLIPTextModel and CLIPVisionModel, and OpenAI's preprocessing. */
class ClipParityTest {
    private NDManager manager;
    private TorchKernels kernels;
    private NDScope scope;

    @BeforeEach
    void open() {
        manager = Torch.newManager(Device.cpu());
        kernels = TorchKernels.load();
        scope = new NDScope();
    }

    @AfterEach
    void close() {
        scope.close();
        kernels.close();
        manager.close();
    }

    private ClipText text(Path path, int skip) {
        TransformersFolder folder = new TransformersFolder(path, "text");
        try (WeightSource source = folder.weights()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            ClipText text = new ClipText(new Layers(loading, kernels), LabelPromptFactory.config(folder, skip));
            loading.finish();
            return text;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"d_clip_text", "d_clip_text_sd2"})
    void text(String name) {
        Path folder = Goldens.folder(name);
        NDArray ids = Goldens.read(folder.resolve("inputs.safetensors"), "input_ids", manager)
                .toType(DataType.INT64, false);
        Path expected = folder.resolve("expected.safetensors");
        Goldens.assertClose(text(folder, 0).encode(ids), Goldens.read(expected, "last_hidden_state", manager), "last");
        Goldens.assertClose(
                text(folder, 1).encode(ids), Goldens.read(expected, "penultimate_final_ln", manager), "penultimate");
    }

    @Test
    void vision() {
        Path path = Goldens.folder("d_clip_vision");
        TransformersFolder folder = new TransformersFolder(path, "vision");
        try (WeightSource source = folder.weights()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            ClipVision vision = new ClipVision(new Layers(loading, kernels), ClipImageFactory.config(folder));
            loading.finish();
            NDArray encoded = vision.encode(Goldens.read(path.resolve("inputs.safetensors"), "pixel_values", manager));
            Path expected = path.resolve("expected.safetensors");
            Goldens.assertClose(encoded, Goldens.read(expected, "last_hidden_state", manager), "tokens");
            Goldens.assertClose(vision.pool(encoded), Goldens.read(expected, "pooler_output", manager), "pooled");
        }
    }

    /** OpenAI's own class and names. */
    @Test
    void openAi() {
        Path path = Goldens.folder("d_openai_clip");
        Path inputs = path.resolve("inputs.safetensors");
        Path expected = path.resolve("expected.safetensors");
        NDArray ids = Goldens.read(inputs, "text", manager).toType(DataType.INT64, false);
        NDArray states = text(path, 0).encode(ids);
        NDArray ends = ids.argMax(1);
        for (int i = 0; i < 3; i++) {
            NDArray end = states.get(i).get(ends.getLong(i)).expandDims(0);
            Goldens.assertClose(
                    project(path, "text", end),
                    Goldens.read(expected, "text_features", manager).get(i + ":" + (i + 1)),
                    "text");
        }
        TransformersFolder folder = new TransformersFolder(path, "vision");
        try (WeightSource source = folder.weights()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            ClipVision vision = new ClipVision(new Layers(loading, kernels), ClipImageFactory.config(folder));
            loading.finish();
            NDArray pooled = vision.pool(vision.encode(Goldens.read(inputs, "image", manager)));
            Goldens.assertClose(
                    project(path, "vision", pooled), Goldens.read(expected, "image_features", manager), "image");
        }
    }

    private NDArray project(Path path, String encoder, NDArray x) {
        try (WeightSource all = new TransformersFolder(path, encoder).all()) {
            String name = encoder.equals("text") ? "text_projection.weight" : "visual_projection.weight";
            return kernels.linear(x, all.read(name, manager));
        }
    }

    /** The text encoder inside a whole Stable Diffusion. */
    @Test
    void singleFile() {
        Path path = Goldens.folder("b_ldm_ckpt");
        NDArray ids = Goldens.read(path.resolve("inputs.safetensors"), "input_ids", manager)
                .toType(DataType.INT64, false);
        ClipFile file = ClipFile.open(path.resolve("sd-mini.safetensors"), "text");
        // This one has four heads of 12, where all published ones have heads of 64.
        ClipText.Config config = new ClipText.Config(new ClipConfig(48, 2, 4, 96, true), 600, 77, file.unusedLayers());
        try (WeightSource source = file.weights()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            ClipText text = new ClipText(new Layers(loading, kernels), config);
            loading.finish();
            Goldens.assertClose(
                    text.encode(ids),
                    Goldens.read(path.resolve("expected.safetensors"), "text_last_hidden_state", manager),
                    "text");
        }
    }

    /** The original rounds to 8 bits after resizing: one step of the original's tolerance. */
    @ParameterizedTest
    @CsvSource({"img0, 32", "img1, 56", "img2, 32", "img3, 40"})
    void preprocessing(String image, int size) {
        Path folder = Goldens.folder("d_clip_preprocess");
        NDArray pixels = Goldens.read(folder.resolve("inputs.safetensors"), image + "_u8_hwc", manager)
                .transpose(2, 0, 1)
                .expandDims(0)
                .div(255);
        NDArray actual =
                new ClipPixels(kernels, manager, size, Fit.CROP).apply(pixels).get(0);
        NDArray expected = Goldens.read(folder.resolve("expected.safetensors"), image + "_pixel_values", manager);
        assertThat(actual.sub(expected).abs().max().getFloat()).isLessThan(0.016f);
    }
}
