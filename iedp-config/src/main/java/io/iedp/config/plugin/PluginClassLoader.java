package io.iedp.config.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The classes of one plugin. It sees the JDK and the {@link SharedPackages} of the host, and beyond those nothing but its
 * own jars, which go before the JDK's extensions; so two plugins may bring different versions of a library.
 *
 * <p>The host's loader is the parent in name only: the log finds its configuration by it.
 */
final class PluginClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final PluginPlace place;
    private final ClassLoader host;

    PluginClassLoader(PluginPlace place, URL[] jars, ClassLoader host) {
        super(place.name(), jars, host);
        this.place = place;
        this.host = host;
    }

    PluginPlace place() {
        return place;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null) {
                found = find(name);
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return getPlatformClassLoader().loadClass(name);
        }
        if (SharedPackages.hostFirst(name)) {
            try {
                return host.loadClass(name);
            } catch (ClassNotFoundException e) {
                if (SharedPackages.hostOnly(name)) {
                    throw e;
                }
            }
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return getPlatformClassLoader().loadClass(name);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        if (own != null) {
            return own;
        }
        return SharedPackages.resource(name)
                ? host.getResource(name)
                : getPlatformClassLoader().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        ClassLoader further = SharedPackages.resource(name) ? host : getPlatformClassLoader();
        all.addAll(Collections.list(further.getResources(name)));
        return Collections.enumeration(all);
    }
}
