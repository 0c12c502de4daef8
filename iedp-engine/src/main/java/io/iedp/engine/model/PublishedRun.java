package io.iedp.engine.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.engine.run.RunFolder;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.Folders;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run without what only its training needs: it predicts and can be measured, from weights of 16 bits where these hold them. */
public final class PublishedRun {
    private PublishedRun() {}

    /**
     * @param best whether to take the weights that were the best in training, not the last ones
     * @param folder new, or empty
     * @throws UserException if the folder has something in it or cannot be written
     */
    public static void write(RunFolder run, boolean best, Path folder) {
        try {
            if (!Folders.isFree(folder)) {
                throw new UserException("%s is not empty; nothing was written".formatted(folder));
            }
            Path weights = run.weights(best);
            weights(weights, new RunFolder(Files.createDirectories(folder)).checkpoint());
            for (Path file : List.of(run.data(), run.serving(), run.experiment())) {
                if (Files.exists(file)) {
                    AtomicFiles.write(folder.resolve(file.getFileName()), Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static void weights(Path from, Path to) throws IOException {
        try (SafeTensors source = SafeTensors.open(from);
                NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            source.names().forEach(name -> arrays.put(name, source.readAsStored(name, manager)));
            Checkpoint.requireFinite(source, arrays, kernels);
            arrays.replaceAll((name, array) -> HalfPrecision.of(array, kernels).orElse(array));
            SafeTensorsWriter.write(to, arrays, source.metadata());
        }
    }
}
