package io.iedp.config.plugin;

import io.iedp.api.IedpPlugin;
import io.iedp.api.UserException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Where one plugin is: a jar, a folder with its jars, or a folder of classes as a build leaves them.
 *
 * @param path the jar or the folder
 */
record PluginPlace(Path path) {
    static final String SERVICES = "META-INF/services/" + IedpPlugin.class.getName();

    /** The plugins in a folder of plugins, sorted by name; the folder need not exist. */
    static List<PluginPlace> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return list(folder, entry -> Files.isDirectory(entry) || isJar(entry)).stream()
                .map(PluginPlace::new)
                .toList();
    }

    String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    boolean isSame(PluginPlace other) {
        return path.toAbsolutePath()
                .normalize()
                .equals(other.path.toAbsolutePath().normalize());
    }

    /**
     * What the plugin's class loader reads: jars, or the folder of classes itself.
     *
     * @throws BrokenPluginException if a jar is damaged
     */
    List<Path> parts() {
        if (!Files.isDirectory(path)) {
            checkReadable(path);
            return List.of(path);
        }
        if (Files.isRegularFile(path.resolve(SERVICES))) {
            return List.of(path);
        }
        List<Path> jars = list(path, PluginPlace::isJar);
        jars.forEach(PluginPlace::checkReadable);
        return jars;
    }

    /** A loader of its own; the caller closes it. */
    PluginClassLoader open(ClassLoader host) {
        List<Path> parts = parts();
        URL[] urls = new URL[parts.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = parts.get(i).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
        return new PluginClassLoader(this, urls, host);
    }

    /** A class loader would pass over a damaged jar without a word. */
    private static void checkReadable(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            opened.getManifest();
        } catch (IOException e) {
            throw new BrokenPluginException(
                    "%s is no readable jar: %s".formatted(jar.getFileName(), e.getMessage()),
                    "Build or copy it again.",
                    e);
        }
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UserException("The plugin folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
