package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say where third-party plugins are. */
final class Plugins implements AutoCloseable {
    private static final String HERE = "plugins";

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description =
                    "Folder with third-party plugins (default: what IEDP_PLUGINS of the environment names, which is the folder plugins beside the script iedp when that was called; without it, plugins in the present folder).",
            scope = ScopeType.INHERIT)
    private Path folder;

    @Option(
            names = "--plugin-path",
            paramLabel = "PATH",
            split = ":",
            description =
                    "Further plugins, one each: a jar, a folder with a plugin's jars, or a folder of classes as a build leaves them.",
            scope = ScopeType.INHERIT)
    private List<Path> paths = List.of();

    private Catalog loaded;
    private List<Path> loadedFrom = List.of();

    /**
     * Everything that is installed; it is looked for once.
     *
     * @throws UserException if what was asked for is not there
     */
    Catalog catalog() {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserException("--plugins: there is no folder %s".formatted(folder));
        }
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserException("--plugin-path: there is no %s".formatted(path));
            }
        }
        Path chosen = folder == null ? standard() : folder;
        List<Path> from = Stream.concat(Stream.of(chosen), paths.stream()).toList();
        if (!from.equals(loadedFrom)) {
            close();
            loaded = PluginLoader.load(chosen, paths);
            loadedFrom = from;
        }
        return loaded;
    }

    private static Path standard() {
        return Path.of(System.getenv().getOrDefault("IEDP_PLUGINS", HERE));
    }

    /** Says what lies where plugins are taken from when IEDP is called otherwise, and is not taken now. */
    Optional<String> passedOver() {
        boolean asked = folder != null || paths.stream().anyMatch(path -> isSame(path, Path.of(HERE)));
        return asked ? Optional.empty() : passedOver(Path.of(HERE), standard());
    }

    static Optional<String> passedOver(Path here, Path taken) {
        if (isSame(here, taken)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(here)) {
            String jars = files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(", "));
            return jars.isEmpty()
                    ? Optional.empty()
                    : Optional.of("Not loaded: %s. Plugins are taken from %s; put it there, or say --plugins=%s."
                            .formatted(jars, taken, here));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
        }
    }
}
