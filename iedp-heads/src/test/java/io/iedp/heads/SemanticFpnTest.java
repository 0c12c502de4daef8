package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.api.UserException;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Torch;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.testing.Goldens;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against mmsegmentation's FPN and FPNHead. */
class SemanticFpnTest {
    private static final List<FeatureLevel> LEVELS = List.of(
            new FeatureLevel(16, 4), new FeatureLevel(23, 8), new FeatureLevel(31, 16), new FeatureLevel(24, 32));

    @Test
    void logitsAndRunningStatistics() {
        Path folder = Goldens.folder("e_heads");
        try (NDManager manager = Torch.newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load();
                RenamedSource source =
                        new RenamedSource(SafeTensors.open(folder.resolve("model.safetensors")), SemanticFpnTest::own);
                NDScope scope = new NDScope()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            SemanticFpn head = new SemanticFpn(new Layers(loading, kernels), new SemanticFpnConfig(16, 0), LEVELS, 7);
            loading.finish();
            Path expected = folder.resolve("expected.safetensors");
            Features features = new Features(IntStream.range(0, 4)
                    .mapToObj(i -> Goldens.read(folder.resolve("inputs.safetensors"), "feat" + i, manager))
                    .toList());

            Goldens.assertClose(
                    head.forward(features, false), Goldens.read(expected, "fpn_head.logits", manager), "logits");
            Goldens.assertClose(
                    head.forward(features, true), Goldens.read(expected, "fpn_head.train_logits", manager), "training");
        }
    }

    private static String own(String name) {
        if (name.endsWith("num_batches_tracked")) {
            return "";
        }
        return name.startsWith("neck.")
                ? name
                : name.startsWith("fpn_head.") ? name.substring("fpn_head.".length()) : "";
    }

    @Test
    void stridesMustDouble() {
        try (NDManager manager = Torch.newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            Layers layers = new Layers(new ModelWeights(manager, 0), kernels);
            List<FeatureLevel> uneven = List.of(new FeatureLevel(4, 8), new FeatureLevel(4, 24));
            assertThatThrownBy(() -> new SemanticFpn(layers, new SemanticFpnConfig(4, 0), uneven, 2))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("[8, 24]");
        }
    }
}
