package io.iedp.hub;

import io.iedp.api.UserException;
import io.iedp.api.nn.TransferListener;
import io.iedp.api.nn.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Weights on a hub of models, by the names of their repositories. What is in the cache is used as it is, without a request;
 * only {@link #refresh} looks for what is newer.
 */
final class HubStore implements WeightStore {
    private final Supplier<HubSettings> settings;
    private final Aliases aliases;
    private final Pauses pauses;
    private final HubCache.Links links;
    private final ToLongFunction<Path> free;
    private volatile TransferListener listener = TransferListener.NONE;

    HubStore() {
        this(
                () -> HubSettings.of(System.getenv(), System.getProperty("user.home", "")),
                Aliases.standard(),
                new Pauses(HubStore::sleep),
                Files::createSymbolicLink,
                HubStore::usable);
    }

    /**
     * @param settings asked for when they are needed, since a wrong variable must not trouble who needs no hub
     */
    HubStore(
            Supplier<HubSettings> settings,
            Aliases aliases,
            Pauses pauses,
            HubCache.Links links,
            ToLongFunction<Path> free) {
        this.settings = settings;
        this.aliases = aliases;
        this.pauses = pauses;
        this.links = links;
        this.free = free;
    }

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    private static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // it is found out by writing
        }
    }

    @Override
    public String scheme() {
        return HubName.SCHEME;
    }

    @Override
    public void tell(TransferListener another) {
        listener = another;
    }

    Aliases aliases() {
        return aliases;
    }

    HubSettings settings() {
        return settings.get();
    }

    HubCache cache() {
        return new HubCache(settings.get().cache(), links);
    }

    HubClient client() {
        return new HubClient(settings(), pauses);
    }

    HubName parse(String name) {
        return HubName.parse(name, aliases);
    }

    @Override
    public Path locate(String name) {
        return locate(name, Set.of());
    }

    @Override
    public Path locate(String name, Set<String> parts) {
        HubName parsed = parse(name);
        Set<String> wanted = wanted(parsed, parts);
        Optional<Path> there = find(parsed, wanted);
        if (there.isPresent() && (!wanted.isEmpty() || settings().offline())) {
            return there.get();
        }
        return bring(parsed, wanted);
    }

    /** As {@link #locate(String, Set)}, but the hub is asked what the revision is today. */
    Path refresh(String name, Set<String> parts) {
        HubName parsed = parse(name);
        Set<String> wanted = wanted(parsed, parts);
        Optional<Path> there = find(parsed, wanted);
        boolean fixed = SafeNames.isCommit(parsed.revision()) && !wanted.isEmpty();
        return there.isPresent() && (fixed || settings().offline()) ? there.get() : bring(parsed, wanted);
    }

    static Set<String> wanted(HubName name, Set<String> parts) {
        parts.stream().filter(part -> !Parts.ALL.contains(part)).findFirst().ifPresent(part -> {
            throw new UserException(
                    "There is no part '%s' of weights; there are %s".formatted(part, String.join(", ", Parts.ALL)));
        });
        return parts.isEmpty() && name.inside().isEmpty()
                ? name.alias().map(Alias::parts).orElse(parts)
                : parts;
    }

    @Override
    public Optional<String> missing(String name, Set<String> parts) {
        HubName parsed = parse(name);
        Set<String> wanted = wanted(parsed, parts);
        if (find(parsed, wanted).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s is not in %s yet%s. 'iedp weights get %s' downloads it; else that happens when a training first needs it"
                        .formatted(parsed.shown(), settings().cache(), size(parsed), parsed.brief()));
    }

    private static String size(HubName name) {
        return name.alias().map(each -> " (about %s)".formatted(each.size())).orElse("");
    }

    @Override
    public String pinned(String name) {
        HubName parsed;
        try {
            parsed = parse(name);
        } catch (UserException e) {
            return name; // said where it is used
        }
        return cache().commit(parsed.repository(), parsed.revision())
                .map(parsed::at)
                .orElse(parsed)
                .text();
    }

    /** What is in the cache, if all of it is. */
    Optional<Path> find(HubName name, Set<String> wanted) {
        HubCache cache = cache();
        Optional<String> commit = cache.commit(name.repository(), name.revision());
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        Path place = cache.snapshot(name.repository(), commit.get()).resolve(name.inside());
        if (!name.inside().isEmpty() && Files.isRegularFile(place)) {
            return Optional.of(place);
        }
        Parts.Choice choice = Parts.choose(name.inside(), wanted, cached(name, commit.get()));
        return choice.missing().isEmpty() && !choice.files().isEmpty() ? Optional.of(place) : Optional.empty();
    }

    private Parts.Files cached(HubName name, String commit) {
        Path snapshot = cache().snapshot(name.repository(), commit);
        return new Parts.Files() {
            @Override
            public boolean has(String path) {
                return Files.isRegularFile(snapshot.resolve(path));
            }

            @Override
            public String text(String path) {
                try {
                    return Files.readString(snapshot.resolve(path));
                } catch (IOException e) {
                    throw new UserException("%s cannot be read: %s".formatted(snapshot.resolve(path), e), e);
                }
            }
        };
    }

    private Path bring(HubName name, Set<String> wanted) {
        if (settings().offline()) {
            throw offline(name, wanted);
        }
        Snapshot snapshot = new Snapshot(client(), cache(), free, listener, name);
        if (!name.inside().isEmpty() && snapshot.has(name.inside())) {
            return snapshot.bring(name.inside());
        }
        Parts.Choice choice = Parts.choose(name.inside(), wanted, snapshot);
        if (!choice.missing().isEmpty() || choice.files().isEmpty()) {
            throw new UserException(
                    "%s has no %s, so it is no repository that IEDP can read%s. hf://%s/FILE names one file of it."
                            .formatted(
                                    name.shown(),
                                    String.join(", no ", choice.missing()),
                                    wanted.isEmpty() ? "" : " %s from".formatted(String.join(", ", wanted)),
                                    name.repository()));
        }
        choice.files().forEach(snapshot::bring);
        return cache().snapshot(name.repository(), snapshot.commit().orElseThrow())
                .resolve(name.inside());
    }

    private static boolean isUsual(HubName name, Set<String> wanted) {
        return name.alias().map(Alias::parts).filter(wanted::equals).isPresent();
    }

    private UserException offline(HubName name, Set<String> wanted) {
        Path folder = cache().folder(name.repository());
        return new UserException(
                "%s is not in %s%s, and HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids to download it. Run 'iedp weights get %s%s' on a machine with a network, and copy its folder %s to %s; or name a folder or a file as weights."
                        .formatted(
                                name.shown(),
                                settings().cache(),
                                size(name),
                                name.brief(),
                                wanted.isEmpty() || isUsual(name, wanted) ? "" : " --parts " + String.join(",", wanted),
                                folder.getFileName(),
                                folder));
    }
}
