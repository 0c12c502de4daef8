package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.io.file.AtomicFiles;
import io.iedp.nn.TorchKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes what an objective learned where others look for it. */
final class PublishedFolder {
    private PublishedFolder() {}

    /**
     * @param folder is made; files of these names in it are replaced
     * @throws UserException if a file cannot be written, or an array has a value that 16 bits do not hold
     */
    static void write(PublishedFiles files, Path folder, TorchKernels kernels) {
        try {
            for (Map.Entry<String, String> each : files.texts().entrySet()) {
                AtomicFiles.write(place(folder, each.getKey()), each.getValue());
            }
            for (Map.Entry<String, Map<String, NDArray>> each : files.arrays().entrySet()) {
                write(each.getValue(), place(folder, each.getKey()), kernels);
            }
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static Path place(Path folder, String path) throws IOException {
        Path place = folder.resolve(path);
        Files.createDirectories(place.getParent());
        return place;
    }

    private static void write(Map<String, NDArray> arrays, Path file, TorchKernels kernels) throws IOException {
        if (arrays.isEmpty()) {
            throw new IllegalArgumentException("There are no arrays for %s".formatted(file));
        }
        HalfPrecision.write(arrays, file, Map.of("format", "pt"), kernels);
    }
}
