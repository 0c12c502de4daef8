package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.launcher.plugin.Catalog;
import io.iedp.launcher.plugin.PluginLoader;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /**
     * Everything that is installed.
     *
     * @throws UserException if a plugin cannot be loaded, or a folder of plugins that was asked for is not there
     */
    Catalog catalog() {
        if (folder == null) {
            return PluginLoader.load(Path.of(System.getenv().getOrDefault("IEDP_PLUGINS", "plugins")));
        }
        if (!Files.isDirectory(folder)) {
            throw new UserException("--plugins: there is no folder %s".formatted(folder));
        }
        return PluginLoader.load(folder);
    }
}
