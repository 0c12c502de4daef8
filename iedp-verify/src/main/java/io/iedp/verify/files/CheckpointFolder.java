package io.iedp.verify.files;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.verify.RecordedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with a whole model in one file, or in several that hold the same.
 *
 * @param files with the weights
 */
public record CheckpointFolder(Path folder, List<Path> files) {
    private static final List<String> ENDINGS = List.of(".ckpt", ".pt", ".pth", ".bin", ".safetensors");

    /** Safetensors files of a case that are no weights of the model. */
    private static final List<String> OTHERS =
            List.of("inputs.safetensors", "expected.safetensors", "head.safetensors");

    private static final String CONFIGS = "diffusers_configs.json";

    public CheckpointFolder {
        files = List.copyOf(files);
    }

    /**
     * The case's own folder, or the one of a sibling that has weights.
     *
     * @throws UserException if none has
     */
    public static CheckpointFolder of(RecordedCase recorded) {
        List<Path> folders = new ArrayList<>(List.of(recorded.folder()));
        folders.addAll(recorded.siblings());
        return folders.stream()
                .map(folder -> new CheckpointFolder(folder, weights(folder)))
                .filter(each -> !each.files.isEmpty())
                .findFirst()
                .orElseThrow(() -> new UserException("There are no weights in %s, files that end in %s"
                        .formatted(folders, String.join(", ", ENDINGS))));
    }

    private static List<Path> weights(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return ENDINGS.stream().anyMatch(name::endsWith) && !OTHERS.contains(name);
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** The sizes of one part of the model, in diffusers' form. */
    public ConfigFile config(String part) {
        return ConfigFile.read(folder.resolve(CONFIGS)).section(part);
    }

    /** A name that tells whose result it is, if there are several files. */
    public String named(String name, Path file) {
        return files.size() == 1 ? name : "%s (%s)".formatted(name, file.getFileName());
    }

    /** The same expected of each file. */
    public Map<String, NDArray> ofEach(Map<String, NDArray> expected) {
        Map<String, NDArray> all = new LinkedHashMap<>();
        files.forEach(file -> expected.forEach((name, array) -> all.put(named(name, file), array)));
        return all;
    }
}
