package io.iedp.launcher.plugin;

import io.iedp.api.ComponentFactory;
import io.iedp.api.IedpPlugin;
import io.iedp.api.UserException;
import io.iedp.api.verify.Verifier;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Finds plugins: those on the class path, and those in a folder, where each jar, or each folder of jars, has a
 * class loader of its own, so that two plugins may bring different versions of a library.
 */
public final class PluginLoader {
    private static final String CLASS_PATH = "the class path";

    private PluginLoader() {}

    /** What some plugins brought. */
    private record Found(List<Installed> components, List<Verifier> verifiers) {}

    /** The plugins that come with the project. */
    public static Catalog own() {
        Found own = find(PluginLoader.class.getClassLoader(), CLASS_PATH);
        return new Catalog(own.components, own.verifiers);
    }

    /**
     * The plugins that come with the project and third-party ones.
     *
     * @param folder with third-party plugins; it need not exist
     * @throws UserException if a jar is damaged or holds no plugin, or a plugin fails or claims a name without a
     *     vendor
     */
    public static Catalog load(Path folder) {
        ClassLoader own = PluginLoader.class.getClassLoader();
        Found all = find(own, CLASS_PATH);
        for (Path entry : entries(folder)) {
            List<Path> jars = Files.isDirectory(entry)
                    ? list(entry, file -> file.toString().endsWith(".jar"))
                    : List.of(entry);
            jars.forEach(PluginLoader::checkReadable);
            ClassLoader loader = new URLClassLoader(entry.getFileName().toString(), urls(jars), own);
            Found found = find(loader, entry.toString());
            if (found.components.isEmpty() && found.verifiers.isEmpty()) {
                throw new UserException(
                        ("%s holds no plugin: no META-INF/services/%s names a class with components in it. "
                                        + "Libraries of a plugin belong into one folder with it, as in %s.")
                                .formatted(
                                        entry,
                                        IedpPlugin.class.getName(),
                                        folder.resolve("NAME").resolve("*.jar")));
            }
            found.components.forEach(each -> checkName(each, entry));
            all.components.addAll(found.components);
            all.verifiers.addAll(found.verifiers);
        }
        return new Catalog(all.components, all.verifiers);
    }

    private static Found find(ClassLoader loader, String where) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        try {
            ServiceLoader.load(IedpPlugin.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .forEach(provider -> {
                        IedpPlugin plugin = provider.get();
                        found.components.addAll(components(plugin));
                        found.verifiers.addAll(plugin.verifiers());
                    });
        } catch (UserException e) {
            throw e;
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            throw new UserException(
                    "The plugin in %s cannot be loaded: %s. Was it built for this version of IEDP?"
                            .formatted(where, reason(e)),
                    e);
        }
        return found;
    }

    private static List<Installed> components(IedpPlugin plugin) {
        List<Installed> found = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (ComponentFactory<?, ?, ?> factory : kind.of(plugin)) {
                Installed each = new Installed(kind, factory, plugin.getClass().getName(), origin(plugin.getClass()));
                ConfigurationRecords.check(each);
                found.add(each);
            }
        }
        return found;
    }

    /** The words of a failure and of what caused it. */
    private static String reason(Throwable failure) {
        return failure.getCause() == null ? failure.toString() : failure.getMessage() + ": " + failure.getCause();
    }

    /** A class loader would pass over a damaged jar without a word. */
    private static void checkReadable(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            opened.getManifest();
        } catch (IOException e) {
            throw new UserException("The plugin %s is no readable jar: %s".formatted(jar, e.getMessage()), e);
        }
    }

    private static void checkName(Installed each, Path entry) {
        if (!each.type().matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new UserException(
                    ("%s brings a %s of type '%s', but a third party's types are named VENDOR/NAME, both in "
                                    + "lower-case words joined by hyphens, as in acme/linear-probe.")
                            .formatted(entry, each.kind().label(), each.type()));
        }
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return list(
                folder, entry -> Files.isDirectory(entry) || entry.toString().endsWith(".jar"));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).sorted().toList();
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
                : Path.of(URI.create(source.getLocation().toString()))
                        .getFileName()
                        .toString();
    }
}
