package io.iedp.hub;

import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.nn.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code iedp weights} with what was asked for. */
final class WeightsCommand implements Command {
    static final int DIFFERENT = 3;

    private static final String PREFIX = HubName.SCHEME + "://";

    private final HubStore store;
    private final WeightsConfig configuration;
    private final CommandContext context;

    WeightsCommand(HubStore store, WeightsConfig configuration, CommandContext context) {
        this.store = store;
        this.configuration = configuration;
        this.context = context;
    }

    @Override
    public int run() {
        boolean isList = configuration.action() == WeightsConfig.Action.LIST;
        if (isList != configuration.names().isEmpty()) {
            throw new UserException(
                    isList
                            ? "'iedp weights list' takes no names; 'iedp weights path %s' says where one is"
                                    .formatted(configuration.names().get(0))
                            : "Which weights? As in 'iedp weights %s sd-1.5'; 'iedp weights list' shows the short names"
                                    .formatted(action()));
        }
        store.tell(listener());
        return switch (configuration.action()) {
            case LIST -> list();
            case GET -> get();
            case VERIFY -> verify();
            case PATH -> path();
        };
    }

    private String action() {
        return configuration.action().name().toLowerCase(Locale.ROOT);
    }

    private TransferListener listener() {
        return new TransferListener() {
            @Override
            public void say(String line) {
                context.say(line);
            }

            @Override
            public void advanced(String what, int done, int of) {
                context.advanced(what, done, of);
            }
        };
    }

    private List<String> names() {
        return configuration.names().stream()
                .map(name -> name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
                .toList();
    }

    private Set<String> parts() {
        Set<String> parts = new LinkedHashSet<>();
        configuration.parts().ifPresent(text -> {
            for (String part : text.split(",", -1)) {
                parts.add(part.strip());
            }
        });
        return parts;
    }

    private int list() {
        HubCache cache = store.cache();
        List<List<String>> rows = new ArrayList<>();
        for (Alias alias : store.aliases().byName().values()) {
            boolean there = store.missing(alias.name(), Set.of()).isEmpty();
            rows.add(List.of(
                    PREFIX + alias.name(),
                    alias.repository(),
                    String.join(" ", alias.parts()),
                    alias.size(),
                    alias.licence().isEmpty() ? "see its page" : alias.licence(),
                    there ? "yes" : "no"));
        }
        context.table(List.of("name", "repository", "parts", "size", "licence", "on disk"), rows);
        context.say("");
        context.say("In %s:".formatted(cache.root()));
        try {
            List<String> repositories = cache.repositories();
            if (repositories.isEmpty()) {
                context.say("nothing yet; 'iedp weights get NAME' downloads");
                return 0;
            }
            List<List<String>> kept = new ArrayList<>();
            for (String repository : repositories) {
                Path folder = cache.folder(repository);
                kept.add(List.of(
                        PREFIX + repository, Snapshot.megabytes(bytes(folder)), String.join(" ", commits(folder))));
            }
            context.table(List.of("repository", "size", "commits"), kept);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(cache.root(), e), e);
        }
        return 0;
    }

    private static List<String> commits(Path folder) throws IOException {
        Path snapshots = folder.resolve("snapshots");
        if (!Files.isDirectory(snapshots)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(snapshots)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /** Links are not counted twice. */
    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(each -> !Files.isSymbolicLink(each) && Files.isRegularFile(each))
                    .toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private int get() {
        for (String name : names()) {
            Path place = store.refresh(name, parts());
            context.say("%s%s is in %s".formatted(PREFIX, name, place));
        }
        return 0;
    }

    private int path() {
        for (String name : names()) {
            HubName parsed = store.parse(name);
            Optional<String> missing = store.missing(name, parts());
            if (missing.isPresent()) {
                throw new UserException(missing.get());
            }
            context.say(store.find(parsed, HubStore.wanted(parsed, parts()))
                    .orElseThrow()
                    .toString());
        }
        return 0;
    }

    private int verify() {
        boolean damaged = false;
        List<List<String>> rows = new ArrayList<>();
        List<String> repairs = new ArrayList<>();
        for (String name : names()) {
            HubName parsed = store.parse(name);
            HubCache cache = store.cache();
            String commit = cache.commit(parsed.repository(), parsed.revision())
                    .orElseThrow(() -> new UserException(store.missing(name, Set.of())
                            .orElse("%s is not in %s".formatted(parsed.shown(), cache.root()))));
            Path snapshot = cache.snapshot(parsed.repository(), commit);
            for (Verification.Row row : Verification.of(snapshot, hashes(parsed.at(commit)))) {
                rows.add(List.of(
                        parsed.shown(),
                        row.path(),
                        Snapshot.megabytes(row.size()),
                        row.outcome().toString()));
                if (row.outcome() == Verification.Outcome.DAMAGED) {
                    damaged = true;
                    repairs.add("%s is damaged: delete it, and what it links to, and run 'iedp weights get %s'"
                            .formatted(snapshot.resolve(row.path()), name));
                }
            }
        }
        context.table(List.of("name", "file", "size", "hash"), rows);
        repairs.forEach(context::say);
        return damaged ? DIFFERENT : 0;
    }

    private UnaryOperator<String> hashes(HubName name) {
        if (store.settings().offline()) {
            return path -> "";
        }
        HubClient client = store.client();
        return path -> client.head(name, path).map(RemoteFile::hash).orElse("");
    }
}
