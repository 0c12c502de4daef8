package io.iedp.pretraining.objective;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.api.nn.WeightsPath;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.backbone.StableDiffusionConfig.Architecture;
import io.iedp.conditioning.ClipImageConfig;
import io.iedp.conditioning.Fit;
import io.iedp.conditioning.TextArchitecture;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.pretraining.Prediction;
import io.iedp.testkit.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objectives with models of few parameters, for pictures of {@link Scenes}. */
final class SmallObjectives {
    private static final Architecture ARCHITECTURE =
            new Architecture(List.of(8, 8), 0, 2, 1, 8, 4, List.of(4, 8), 1, 4);

    private SmallObjectives() {}

    private record Host(Kernels kernels, Weights weights, long seed, DatasetInfo data) implements ObjectiveContext {}

    static AutoencodingConfig autoencoding() {
        return new AutoencodingConfig(Optional.empty(), 1, 0.5, 1, 1e-6, ARCHITECTURE);
    }

    static ContrastiveConfig contrastive(ContrastiveLoss loss) {
        return new ContrastiveConfig(
                loss,
                ContrastiveConfig.Positives.PAIR,
                1,
                6,
                10,
                -2,
                Fit.SQUEEZE,
                "a {class}",
                Optional.empty(),
                new TextArchitecture(8, 8, 1, 2),
                new ClipImageConfig.Architecture(16, 8, 8, 1, 2));
    }

    /**
     * @param folder where {@link #write} left the frozen parts
     */
    static DenoisingConfig denoising(Path folder) {
        return new DenoisingConfig(
                Optional.empty(),
                Optional.of(WeightsPath.of(folder)),
                Optional.of(WeightsPath.of(folder)),
                Optional.empty(),
                Optional.of(Prediction.V_PREDICTION),
                5,
                0.1,
                DenoisingConfig.Captions.MATCHED,
                false,
                new DenoisingConfig.Noise(1000, 0.00085, 0.012),
                ARCHITECTURE,
                new DenoisingConfig.Drawing(1, 2));
    }

    /** Writes an autoencoder and a text encoder with random weights as they are published. */
    static void write(Path folder) throws IOException {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            Host host = new Host(kernels, new ModelWeights(manager.newSubManager(), 5), 5, Scenes.INFO);
            write(folder, new AutoencodingFactory().create(autoencoding(), host).published());
            Host other = new Host(kernels, new ModelWeights(manager.newSubManager(), 6), 6, Scenes.INFO);
            write(
                    folder,
                    new ContrastiveFactory()
                            .create(contrastive(ContrastiveLoss.SOFTMAX), other)
                            .published());
        }
    }

    private static void write(Path folder, PublishedFiles files) throws IOException {
        for (Map.Entry<String, String> text : files.texts().entrySet()) {
            Files.writeString(place(folder, text.getKey()), text.getValue());
        }
        for (Map.Entry<String, Map<String, NDArray>> arrays : files.arrays().entrySet()) {
            SafeTensorsWriter.write(place(folder, arrays.getKey()), arrays.getValue(), Map.of());
        }
    }

    private static Path place(Path folder, String path) throws IOException {
        Path place = folder.resolve(path);
        Files.createDirectories(place.getParent());
        return place;
    }
}
