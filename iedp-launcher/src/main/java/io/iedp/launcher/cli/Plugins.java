package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say where third-party plugins are. */
final class Plugins implements AutoCloseable {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder with third-party plugins (default: IEDP_PLUGINS of the environment, or plugins).",
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
        Path chosen = folder == null ? Path.of(System.getenv().getOrDefault("IEDP_PLUGINS", "plugins")) : folder;
        List<Path> from = Stream.concat(Stream.of(chosen), paths.stream()).toList();
        if (!from.equals(loadedFrom)) {
            close();
            loaded = PluginLoader.load(chosen, paths);
            loadedFrom = from;
        }
        return loaded;
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
        }
    }
}
