package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.io.file.AtomicFiles;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
        try (NDManager own = arrays.values().iterator().next().getManager().newSubManager()) {
            Map<String, NDArray> halves = new LinkedHashMap<>();
            arrays.forEach((name, array) -> {
                NDArray half = HalfPrecision.of(array, kernels)
                        .orElseThrow(() -> new UserException(
                                "%s: '%s' has values that 16 bits do not hold".formatted(file, name)));
                half.attach(own);
                halves.put(name, half);
            });
            SafeTensorsWriter.write(file, halves, Map.of("format", "pt"));
        }
    }
}
