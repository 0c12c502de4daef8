package io.iedp.hub;

import io.iedp.api.UserException;
import io.iedp.api.nn.TransferListener;
import io.iedp.io.file.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** One repository at one commit, whose files are brought into the cache as they are asked for. */
final class Snapshot implements Parts.Files {
    private static final int LARGEST_TEXT = 64 << 20;
    private static final long WORTH_A_LINE = 1 << 20;

    /** What is left free for others. */
    private static final long SPARE = 64L << 20;

    private final HubClient client;
    private final HubCache cache;
    private final ToLongFunction<Path> free;
    private final TransferListener listener;
    private final HubName asked;
    private final Map<String, Optional<RemoteFile>> known = new HashMap<>();
    private HubName name;

    /**
     * @param free bytes that can be written to a folder
     */
    Snapshot(HubClient client, HubCache cache, ToLongFunction<Path> free, TransferListener listener, HubName asked) {
        this.client = client;
        this.cache = cache;
        this.free = free;
        this.listener = listener;
        this.asked = asked;
        this.name = asked;
    }

    @Override
    public boolean has(String path) {
        return find(path).isPresent();
    }

    @Override
    public String text(String path) {
        if (find(path).orElseThrow().size() > LARGEST_TEXT) {
            throw new UserException("%s of %s is absurdly large".formatted(path, name.shown()));
        }
        Path file = bring(path);
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException("%s is no text in UTF-8: %s".formatted(file, e), e);
        }
    }

    /** The commit, once something of it was found. */
    Optional<String> commit() {
        return Optional.of(name.revision()).filter(SafeNames::isCommit);
    }

    /** All files are of the commit that the first was of, even if the branch goes on. */
    private Optional<RemoteFile> find(String path) {
        Optional<RemoteFile> earlier = known.get(path);
        if (earlier != null) {
            return earlier;
        }
        Optional<RemoteFile> found = client.head(name, path);
        if (found.isPresent()) {
            String commit = found.get().commit();
            if (SafeNames.isCommit(name.revision()) && !commit.equals(name.revision())) {
                throw new UserException("%s gives commit %s of %s where %s was asked for"
                        .formatted(name.shown(), commit, path, name.revision()));
            }
            name = name.at(commit);
        }
        known.put(path, found);
        return found;
    }

    /** A file that was found, in the cache. */
    Path bring(String path) {
        RemoteFile remote = find(path).orElseThrow();
        String repository = name.repository();
        Path file = cache.file(repository, remote.commit(), path);
        try {
            cache.prepare(repository);
            cache.writeRef(repository, asked.revision(), remote.commit());
            if (!Files.isRegularFile(file)) {
                fetch(path, remote);
            }
            return file;
        } catch (IOException e) {
            throw new UserException(
                    "%s of %s cannot be kept in %s: %s. HF_HUB_CACHE names another folder."
                            .formatted(path, name.shown(), cache.root(), e),
                    e);
        }
    }

    private void fetch(String path, RemoteFile remote) throws IOException {
        String repository = name.repository();
        Path blob = cache.blob(repository, remote.hash());
        try (DownloadLock lock = DownloadLock.take(cache.lock(repository, remote.hash()))) {
            if (Files.isRegularFile(cache.file(repository, remote.commit(), path))) {
                return; // another was faster
            }
            if (Files.isRegularFile(blob) && Files.size(blob) == remote.size()) {
                cache.reuse(repository, remote, path);
                return;
            }
            Path part =
                    blob.resolveSibling(lock.isHeld() ? remote.hash() + ".iedp.incomplete" : AtomicFiles.partName());
            requireSpace(path, remote, part);
            if (remote.size() >= WORTH_A_LINE) {
                listener.say("Downloading %s of %s (%s)".formatted(path, repository, megabytes(remote.size())));
            }
            try {
                new Download(client, name, path, remote, part, listener).run();
                cache.publish(repository, remote, path, part);
            } catch (UserException e) {
                if (!lock.isHeld()) {
                    Files.deleteIfExists(part);
                }
                if (e.getCause() instanceof IOException) {
                    requireSpace(path, remote, part); // that may be the reason
                }
                throw e;
            }
        }
    }

    private void requireSpace(String path, RemoteFile remote, Path part) throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        long needed = remote.size() - have;
        long there = free.applyAsLong(part.getParent());
        if (needed > 0 && there < needed + SPARE) {
            throw new UserException(
                    "There is no room for %s of %s: it needs %s more, but %s has only %s free. Make room, or set HF_HUB_CACHE to a folder on another disk; what has come is kept."
                            .formatted(path, name.shown(), megabytes(needed + SPARE), cache.root(), megabytes(there)));
        }
    }

    /** In the units that people read. */
    static String megabytes(long bytes) {
        if (bytes >= 1_000_000_000L) {
            return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
        }
        return bytes >= 100_000 ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6) : bytes + " bytes";
    }
}
