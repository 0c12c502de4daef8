package io.iedp.nn;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A libtorch of the user's own, such as one for GPUs, named by the environment variable {@code
 * IEDP_LIBTORCH}: the folder with {@code libtorch.so}, or the one above it.
 *
 * @param folder with the libraries
 * @param flavor {@code cpu}, or {@code cu128} when it was built with CUDA
 */
public record LocalLibtorch(Path folder, String flavor) {
    /** The environment variable. */
    public static final String SETTING = "IEDP_LIBTORCH";

    /** The version that the native bindings were built for. */
    public static final String VERSION = "2.7.1";

    /** DJL's own name for such a folder, which goes first. */
    static final String ENGINE_SETTING = "PYTORCH_LIBRARY_PATH";

    private static final String LIBRARY = System.mapLibraryName("torch");

    /**
     * @throws UserException if the setting names no libtorch
     */
    public static Optional<LocalLibtorch> find() {
        String setting = System.getProperty("iedp.libtorch", System.getenv(SETTING));
        return setting == null || setting.isBlank() ? Optional.empty() : Optional.of(at(Path.of(setting)));
    }

    static LocalLibtorch at(Path named) {
        Path folder = Files.isRegularFile(named.resolve("lib").resolve(LIBRARY)) ? named.resolve("lib") : named;
        if (!Files.isRegularFile(folder.resolve(LIBRARY))) {
            throw new UserException(
                    ("%s is %s, but there is no %s in it. It must name the lib folder of a libtorch %s, or "
                                    + "of a Python torch %s package.")
                            .formatted(SETTING, named, LIBRARY, VERSION, VERSION));
        }
        checkVersion(folder);
        try (Stream<Path> files = Files.list(folder)) {
            boolean cuda = files.anyMatch(file -> file.getFileName().toString().contains("torch_cuda"));
            return new LocalLibtorch(folder.toAbsolutePath(), cuda ? "cu128" : "cpu");
        } catch (IOException e) {
            throw new UserException("%s: %s cannot be read: %s".formatted(SETTING, folder, e.getMessage()), e);
        }
    }

    /** A libtorch archive says its version in a file beside lib, a Python package in version.py. */
    private static void checkVersion(Path folder) {
        Path above = folder.toAbsolutePath().getParent();
        for (String name : new String[] {"build-version", "version.py"}) {
            Path file = above.resolve(name);
            try {
                if (Files.isRegularFile(file) && !Files.readString(file).contains(VERSION)) {
                    throw new UserException(
                            "%s is %s, but %s says that it is not libtorch %s, which IEDP's bindings need."
                                    .formatted(SETTING, folder, file, VERSION));
                }
            } catch (IOException e) {
                throw new UserException("%s: %s cannot be read: %s".formatted(SETTING, file, e.getMessage()), e);
            }
        }
    }

    /** What the engine reads while it starts, as system properties. */
    Map<String, String> settings() {
        return Map.of(ENGINE_SETTING, folder.toString(), "PYTORCH_VERSION", VERSION, "PYTORCH_FLAVOR", flavor);
    }
}
