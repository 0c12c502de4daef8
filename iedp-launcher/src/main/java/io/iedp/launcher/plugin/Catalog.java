package io.iedp.launcher.plugin;

import io.iedp.api.UserException;
import io.iedp.api.verify.Verifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is installed, by kind and type. */
public final class Catalog {
    private final Map<Kind, Map<String, Installed>> components = new LinkedHashMap<>();
    private final List<Verifier> verifiers;

    /**
     * @throws UserException if two plugins claim one type of one kind
     */
    public Catalog(List<Installed> installed, List<Verifier> verifiers) {
        this.verifiers = List.copyOf(verifiers);
        List<Installed> sorted = new ArrayList<>(installed);
        sorted.sort(Comparator.comparing(Installed::kind).thenComparing(Installed::type));
        for (Installed each : sorted) {
            Installed earlier = components
                    .computeIfAbsent(each.kind(), kind -> new LinkedHashMap<>())
                    .put(each.type(), each);
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
    }

    /** The same with one component more. */
    public Catalog with(Installed another) {
        List<Installed> all = new ArrayList<>(List.of(another));
        components.values().forEach(each -> all.addAll(each.values()));
        return new Catalog(all, verifiers);
    }

    public Optional<Installed> find(Kind kind, String type) {
        return Optional.ofNullable(components.getOrDefault(kind, Map.of()).get(type));
    }

    /** What computes recorded cases of a kind; each may compute a part of them. */
    public List<Verifier> verifiers(String kind) {
        return verifiers.stream()
                .filter(verifier -> verifier.kind().equals(kind))
                .toList();
    }

    /** The components of one kind, sorted by type. */
    public List<Installed> all(Kind kind) {
        return List.copyOf(components.getOrDefault(kind, Map.of()).values());
    }
}
