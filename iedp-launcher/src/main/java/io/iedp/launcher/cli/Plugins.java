package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.launcher.plugin.Catalog;
import io.iedp.launcher.plugin.PluginLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The option that says where third-party plugins are. */
final class Plugins {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder with third-party plugins (default: IEDP_PLUGINS of the environment, or plugins).",
            scope = ScopeType.INHERIT)
    private Path folder;

    private final Map<Path, Catalog> loaded = new HashMap<>();

    /**
     * Everything that is installed; it is looked for once.
     *
     * @throws UserException if a plugin cannot be loaded, or a folder of plugins that was asked for is not there
     */
    Catalog catalog() {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserException("--plugins: there is no folder %s".formatted(folder));
        }
        Path chosen = folder == null ? Path.of(System.getenv().getOrDefault("IEDP_PLUGINS", "plugins")) : folder;
        return loaded.computeIfAbsent(chosen, PluginLoader::load);
    }
}
