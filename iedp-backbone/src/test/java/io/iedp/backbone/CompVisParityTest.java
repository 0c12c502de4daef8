package io.iedp.backbone;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Torch;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.Pickles;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.nn.testing.Goldens;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single files against what CompVis' own code computes with them. */
class CompVisParityTest {
    private static final String[] TAPS = {"output_blocks.1", "output_blocks.4", "output_blocks.7", "output_blocks.11"};

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void computesWhatCompVisDoes(boolean pickled) {
        Path folder = Goldens.folder("b_ldm_ckpt");
        Path inputs = folder.resolve("inputs.safetensors");
        Path expected = folder.resolve("expected.safetensors");
        try (NDManager manager = Torch.newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load();
                PublishedWeights published =
                        PublishedWeights.open(file(folder.resolve("sd-mini.safetensors"), pickled), 8, 32);
                NDScope scope = new NDScope()) {
            Weights frozen = new ModelWeights(manager, 0).frozen();
            VaeEncoder vae = load(
                    frozen.scope("vae"),
                    published.vaeEncoder(),
                    loading -> new VaeEncoder(new Layers(loading, kernels), VaeConfig.parse(published.vaeConfig())));
            Unet unet = load(
                    frozen.scope("unet"),
                    published.unetFeatures(),
                    loading -> new Unet(new Layers(loading, kernels), UnetConfig.parse(published.unetConfig())));

            NDArray pixels = Goldens.read(inputs, "pixels", manager);
            Goldens.assertClose(vae.mode(pixels), Goldens.read(expected, "vae_mode", manager), "mode");
            NDArray sample = Goldens.read(inputs, "sample", manager);
            NDArray context = Goldens.read(inputs, "context", manager);
            float[] timesteps = Goldens.read(inputs, "timesteps", manager).toFloatArray();
            for (int i = 0; i < timesteps.length; i++) {
                String row = i + ":" + (i + 1);
                NDList features = unet.features(sample.get(row), timesteps[i], context.get(row));
                for (int level = 0; level < TAPS.length; level++) {
                    Goldens.assertClose(
                            features.get(level),
                            Goldens.read(expected, TAPS[level], manager).get(row),
                            TAPS[level]);
                }
            }
        }
    }

    private Path file(Path safetensors, boolean pickled) {
        if (!pickled) {
            return safetensors;
        }
        try (StoredSource source = WeightFiles.open(safetensors)) {
            return Pickles.checkpoint(temporary.resolve("sd-mini.ckpt"), source);
        }
    }

    private static <M> M load(Weights weights, WeightSource source, Function<Weights, M> model) {
        Weights loading = weights.from(source);
        M made = model.apply(loading);
        loading.finish();
        return made;
    }
}
