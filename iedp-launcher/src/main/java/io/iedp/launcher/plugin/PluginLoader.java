package io.iedp.launcher.plugin;

import io.iedp.api.ComponentFactory;
import io.iedp.api.IedpPlugin;
import io.iedp.api.UserException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Finds plugins: those on the class path, and those in a folder, where each jar, or each folder of jars, has a
 * class loader of its own, so that two plugins may bring different versions of a library.
 */
public final class PluginLoader {
    private PluginLoader() {}

    /**
     * @param folder with third-party plugins; it need not exist
     * @throws UserException if a jar is damaged, holds no plugin, or claims a name without a vendor
     */
    public static Catalog load(Path folder) {
        ClassLoader own = PluginLoader.class.getClassLoader();
        List<Installed> installed = new ArrayList<>(find(own, "the class path"));
        for (Path entry : entries(folder)) {
            List<Path> jars = Files.isDirectory(entry) ? list(entry, ".jar") : List.of(entry);
            ClassLoader loader = new URLClassLoader(entry.getFileName().toString(), urls(jars), own);
            List<Installed> found = find(loader, entry.toString());
            if (found.isEmpty()) {
                throw new UserException(
                        ("%s holds no plugin: no META-INF/services/%s names a class with components in it. "
                                        + "Libraries of a plugin belong into one folder with it, as in %s.")
                                .formatted(
                                        entry,
                                        IedpPlugin.class.getName(),
                                        folder.resolve("NAME").resolve("*.jar")));
            }
            found.forEach(each -> checkName(each, entry));
            installed.addAll(found);
        }
        return new Catalog(installed);
    }

    private static List<Installed> find(ClassLoader loader, String where) {
        List<Installed> found = new ArrayList<>();
        try {
            ServiceLoader.load(IedpPlugin.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .forEach(provider -> {
                        IedpPlugin plugin = provider.get();
                        for (Kind kind : Kind.values()) {
                            for (ComponentFactory<?, ?, ?> factory : kind.of(plugin)) {
                                found.add(new Installed(
                                        kind, factory, plugin.getClass().getName(), origin(plugin.getClass())));
                            }
                        }
                    });
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new UserException(
                    "The plugin in %s cannot be loaded: %s. Was it built for this version of IEDP?"
                            .formatted(where, e.getMessage()),
                    e);
        }
        return found;
    }

    private static void checkName(Installed each, Path entry) {
        if (!each.type().matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new UserException(
                    "%s brings a %s of type '%s', but a third party's types are named VENDOR/NAME, as in acme/%s."
                            .formatted(entry, each.kind().label(), each.type(), each.type()));
        }
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry ->
                            Files.isDirectory(entry) || entry.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserException("The plugin folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static List<Path> list(Path folder, String ending) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserException("The plugin folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static URL[] urls(List<Path> jars) {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = jars.get(i).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
        return urls;
    }

    private static String origin(Class<?> plugin) {
        CodeSource source = plugin.getProtectionDomain().getCodeSource();
        return source == null
                ? "unknown"
                : Path.of(source.getLocation().getPath()).getFileName().toString();
    }
}
