package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Torch;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.testing.Goldens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against diffusers' UNet2DConditionModel and AutoencoderKL. */
class StableDiffusionParityTest {
    @ParameterizedTest
    @ValueSource(strings = {"a_unet_sd1", "a_unet_sd2"})
    void unet(String name) {
        Path folder = Goldens.folder(name);
        try (NDManager manager = Torch.newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load();
                SafeTensors source = SafeTensors.open(folder.resolve("diffusion_pytorch_model.safetensors"));
                NDScope scope = new NDScope()) {
            UnetConfig config = UnetConfig.parse(DiffusersFolder.config(folder));
            ModelWeights weights = new ModelWeights(manager, 0);
            Weights loading = weights.from(source);
            Layers layers = new Layers(loading, kernels);
            Unet unet = new Unet(layers, config);
            Unet.NoiseOutput output = new Unet.NoiseOutput(layers, config);
            loading.finish();

            Path inputs = folder.resolve("inputs.safetensors");
            Path expected = folder.resolve("expected.safetensors");
            float[] timesteps = Goldens.read(inputs, "timesteps", manager).toFloatArray();
            NDArray sample = Goldens.read(inputs, "sample", manager);
            NDArray context = Goldens.read(inputs, "encoder_hidden_states", manager);
            String[] taps = {"up_0_1", "up_1_1", "up_2_1", "up_3_2"};
            for (int i = 0; i < timesteps.length; i++) {
                String row = i + ":" + (i + 1);
                NDList features = unet.features(sample.get(row), timesteps[i], context.get(row));
                for (int level = 0; level < taps.length; level++) {
                    Goldens.assertClose(
                            features.get(level),
                            Goldens.read(expected, taps[level], manager).get(row),
                            taps[level]);
                }
                Goldens.assertClose(
                        output.apply(features.get(3)),
                        Goldens.read(expected, "eps", manager).get(row),
                        "eps");
            }
        }
    }

    @Test
    void vaeEncoder() {
        Path folder = Goldens.folder("c_vae");
        try (NDManager manager = Torch.newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load();
                NDScope scope = new NDScope()) {
            Weights loading = new ModelWeights(manager, 0)
                    .from(RenamedSource.only(DiffusersFolder.vae(folder), name -> !name.matches("(decoder|post_).*")));
            VaeEncoder encoder =
                    new VaeEncoder(new Layers(loading, kernels), VaeConfig.parse(DiffusersFolder.config(folder)));
            loading.finish();
            NDArray pixels = Goldens.read(folder.resolve("inputs.safetensors"), "pixels", manager);
            Path expected = folder.resolve("expected.safetensors");
            Goldens.assertClose(encoder.moments(pixels), Goldens.read(expected, "moments", manager), "moments");
            Goldens.assertClose(encoder.mode(pixels), Goldens.read(expected, "mode", manager), "mode");
        }
    }

    @Test
    void sinusoidsStartWithCosines() {
        // At t = 0 all cosines are 1 and all sines 0; at t = 1 the first frequency is 1.
        assertThat(TimestepEmbedding.sinusoid(0, 4)).containsExactly(1, 1, 0, 0);
        assertThat(TimestepEmbedding.sinusoid(1, 4)[0]).isEqualTo((float) Math.cos(1));
        assertThat(TimestepEmbedding.sinusoid(1, 4)[3]).isEqualTo((float) Math.sin((float) Math.exp(-Math.log(100))));
    }
}
