package io.iedp.config.plugin;

import io.iedp.api.UserException;
import io.iedp.api.nn.WeightStore;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that is installed, by kind and type. */
public final class Catalog implements AutoCloseable {
    private final Map<Kind, Map<String, Installed>> components;
    private final Map<String, WeightStore> stores;
    private final List<BrokenPlugin> broken;
    private final List<URLClassLoader> loaders;

    private Catalog(Builder builder) {
        this.components = builder.components;
        this.stores = builder.stores;
        this.broken = List.copyOf(builder.broken);
        this.loaders = List.copyOf(builder.loaders);
    }

    /**
     * @throws UserException if two plugins claim one type of one kind
     */
    public Catalog(List<Installed> installed) {
        this(new Builder().add(installed));
    }

    /** What plugins bring. */
    record Found(List<Installed> components, List<WeightStore> stores) {
        boolean isEmpty() {
            return components.isEmpty() && stores.isEmpty();
        }
    }

    /** Collects what is installed. */
    static final class Builder {
        private final Map<Kind, Map<String, Installed>> components = new TreeMap<>();
        private final Map<String, WeightStore> stores = new TreeMap<>();
        private final List<BrokenPlugin> broken = new ArrayList<>();
        private final List<URLClassLoader> loaders = new ArrayList<>();

        /**
         * @throws UserException if two plugins claim one type of one kind
         */
        Builder add(List<Installed> installed) {
            for (Installed each : installed) {
                Installed earlier = components
                        .computeIfAbsent(each.kind(), kind -> new TreeMap<>())
                        .putIfAbsent(each.type(), each);
                if (earlier != null) {
                    throw new UserException(
                            "Two plugins bring a %s of type '%s': %s in %s and %s in %s. Remove one of them."
                                    .formatted(
                                            each.kind().label(),
                                            each.type(),
                                            earlier.plugin(),
                                            earlier.origin(),
                                            each.plugin(),
                                            each.origin()));
                }
            }
            return this;
        }

        private Builder addStores(Collection<WeightStore> added) {
            for (WeightStore store : added) {
                WeightStore earlier = stores.putIfAbsent(store.scheme(), store);
                if (earlier != null) {
                    throw new UserException(
                            "Two plugins have weights by names that begin with '%s://': %s and %s. Remove one of them."
                                    .formatted(
                                            store.scheme(),
                                            earlier.getClass().getName(),
                                            store.getClass().getName()));
                }
            }
            return this;
        }

        /**
         * @throws UserException if two plugins claim one type of one kind, or one scheme
         */
        Builder add(Found found) {
            return add(found.components()).addStores(found.stores());
        }

        /** What a third party brought, and the loader that its classes need for as long as the catalog is in use. */
        void add(Found found, URLClassLoader loader) {
            add(found);
            loaders.add(loader);
        }

        void leaveOut(BrokenPlugin plugin) {
            broken.add(plugin);
        }

        Optional<WeightStore> weightStore(String scheme) {
            return Optional.ofNullable(stores.get(scheme));
        }

        Optional<Installed> find(Kind kind, String type) {
            return Optional.ofNullable(components.getOrDefault(kind, Map.of()).get(type));
        }

        Catalog build() {
            return new Catalog(this);
        }
    }

    /** The same with one component more. */
    public Catalog with(Installed another) {
        Builder all = new Builder();
        components.values().forEach(each -> all.add(List.copyOf(each.values())));
        all.add(List.of(another)).addStores(stores.values());
        all.broken.addAll(broken);
        all.loaders.addAll(loaders);
        return all.build();
    }

    public Optional<Installed> find(Kind kind, String type) {
        return Optional.ofNullable(components.getOrDefault(kind, Map.of()).get(type));
    }

    /** The components of one kind, sorted by type. */
    public List<Installed> all(Kind kind) {
        return List.copyOf(components.getOrDefault(kind, Map.of()).values());
    }

    /** Where weights of names that begin with the scheme can be had. */
    public Optional<WeightStore> weightStore(String scheme) {
        return Optional.ofNullable(stores.get(scheme));
    }

    public List<WeightStore> weightStores() {
        return List.copyOf(stores.values());
    }

    public List<String> weightSchemes() {
        return List.copyOf(stores.keySet());
    }

    /** The third parties' plugins that could not be taken, in the order of their places. */
    public List<BrokenPlugin> broken() {
        return broken;
    }

    /** Gives back the third parties' jars; what they brought must not be used any more. */
    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UserException(
                        "The plugin %s cannot be closed: %s".formatted(loader.getName(), e.getMessage()), e);
            }
        }
    }
}
