package io.iedp.config.plugin;

import io.iedp.api.ComponentFactory;
import io.iedp.api.IedpPlugin;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds plugins: those on the class path, and third-party ones, each of which has a class loader of its own. A third
 * party's that cannot be taken is left out and kept account of; the others are there all the same.
 */
public final class PluginLoader {
    private PluginLoader() {}

    /**
     * The plugins that come with the project.
     *
     * @throws UserException if the class path mixes versions, or one of them fails
     */
    public static Catalog own() {
        return load(List.of());
    }

    /**
     * The plugins that come with the project, and those in a folder.
     *
     * @param folder whose jars and folders of jars are plugins; it need not exist
     */
    public static Catalog load(Path folder) {
        return load(folder, List.of());
    }

    /**
     * The plugins that come with the project, those in a folder, and others.
     *
     * @param folder whose jars and folders of jars are plugins; it need not exist
     * @param paths one plugin each: a jar, a folder with its jars, or a folder of classes; one that is in the folder, too, is
     *     loaded once
     */
    public static Catalog load(Path folder, List<Path> paths) {
        List<PluginPlace> places = new ArrayList<>(PluginPlace.in(folder));
        for (Path path : paths) {
            PluginPlace place = new PluginPlace(path);
            if (places.stream().noneMatch(place::isSame)) {
                places.add(place);
            }
        }
        return load(places);
    }

    /** The plugins that come with the project, and others. */
    static Catalog load(List<PluginPlace> places) {
        ClassPath.check(System.getProperty("java.class.path", ""));
        Catalog.Builder catalog = new Catalog.Builder();
        catalog.add(own(PluginLoader.class.getClassLoader()));
        places.forEach(place -> add(catalog, place));
        return catalog.build();
    }

    private static Catalog.Found own(ClassLoader loader) {
        try {
            return find(loader, false);
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            throw new UserException(
                    "A plugin on the class path cannot be loaded: "
                            + Diagnosis.of(e).getMessage(),
                    e);
        }
    }

    private static void add(Catalog.Builder catalog, PluginPlace place) {
        PluginClassLoader loader = null;
        try {
            loader = place.open(PluginLoader.class.getClassLoader());
            Catalog.Found found = find(loader, true);
            if (found.isEmpty()) {
                throw nothing(place);
            }
            found.components().forEach(PluginLoader::checkName);
            found.components().forEach(each -> checkFree(catalog, each));
            found.stores().forEach(each -> checkFree(catalog, each));
            catalog.add(found, loader);
        } catch (Error | RuntimeException e) {
            // Damaged or hostile code can fail in any way, even by using up the stack.
            close(loader);
            BrokenPluginException why = Diagnosis.of(e);
            catalog.leaveOut(new BrokenPlugin(place.name(), place.path().toString(), why.reason(), why.remedy()));
        }
    }

    private static BrokenPluginException nothing(PluginPlace place) {
        boolean named = place.parts().stream().anyMatch(PluginLoader::hasServices);
        return new BrokenPluginException(
                named ? "its plugin brings no component" : "there is no %s in it".formatted(PluginPlace.SERVICES),
                named
                        ? "Its author must override the methods of IedpPlugin that list what it brings."
                        : "That file must name the plugin's class. A plugin's libraries belong into one folder with it, not beside it.");
    }

    private static boolean hasServices(Path part) {
        try (PluginFiles files = PluginFiles.of(part)) {
            return files.names().contains(PluginPlace.SERVICES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Catalog.Found find(ClassLoader loader, boolean foreign) {
        List<Installed> found = new ArrayList<>();
        List<WeightStore> stores = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            ServiceLoader.load(IedpPlugin.class, loader).stream().forEach(provider -> {
                if (foreign) {
                    ApiVersions.check(provider.type());
                }
                IedpPlugin plugin = provider.get();
                found.addAll(components(plugin));
                stores.addAll(plugin.weightStores());
            });
        } finally {
            thread.setContextClassLoader(before);
        }
        return new Catalog.Found(found, stores);
    }

    private static List<Installed> components(IedpPlugin plugin) {
        List<Installed> found = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (ComponentFactory<?, ?, ?> factory : kind.of(plugin)) {
                Installed each = new Installed(kind, factory, plugin.getClass().getName(), origin(plugin.getClass()));
                if (factory.type() == null || factory.description() == null) {
                    throw new BrokenPluginException(
                            "a %s of %s has no type or no description".formatted(kind.label(), each.plugin()),
                            "Its author must return both from the factory.");
                }
                ConfigurationRecords.check(each);
                found.add(each);
            }
        }
        return found;
    }

    private static void checkName(Installed each) {
        if (!each.type().matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new BrokenPluginException(
                    "it brings a %s of type '%s', which is a name for one of IEDP's own"
                            .formatted(each.kind().label(), each.type()),
                    "A third party's types are named VENDOR/NAME, both in lower-case words joined by hyphens, as in "
                            + "acme/linear-probe.");
        }
    }

    private static void checkFree(Catalog.Builder catalog, Installed each) {
        Optional<Installed> earlier = catalog.find(each.kind(), each.type());
        if (earlier.isPresent()) {
            throw new BrokenPluginException(
                    "its %s '%s' is there already: %s brings it from %s, and %s from %s"
                            .formatted(
                                    each.kind().label(),
                                    each.type(),
                                    earlier.get().plugin(),
                                    earlier.get().origin(),
                                    each.plugin(),
                                    each.origin()),
                    "Remove one of them.");
        }
    }

    private static void checkFree(Catalog.Builder catalog, WeightStore store) {
        Optional<WeightStore> earlier = catalog.weightStore(store.scheme());
        if (earlier.isPresent()) {
            throw new BrokenPluginException(
                    "its store of weights '%s://' is there already: %s and %s have it"
                            .formatted(
                                    store.scheme(),
                                    earlier.get().getClass().getName(),
                                    store.getClass().getName()),
                    "Remove one of them.");
        }
    }

    private static void close(PluginClassLoader loader) {
        if (loader != null) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
