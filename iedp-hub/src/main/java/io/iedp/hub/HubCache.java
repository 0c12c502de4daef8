package io.iedp.hub;

import io.iedp.io.file.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of downloaded repositories, laid out as the hub's Python client lays it out, so that both find what the other
 * has: {@code models--ORG--NAME} with {@code blobs/HASH}, {@code snapshots/COMMIT/PATH}, which are links to blobs, and {@code
 * refs/BRANCH}, which hold a commit.
 */
final class HubCache {
    private static final String FOLDER = "models--";

    /** As the Cache Directory Tagging Specification has it, so that backups leave the folder out. */
    private static final String TAG = """
            Signature: 8a477f597d28d172789f06886806bc55
            # This file marks a cache of downloaded models.
            # For information about cache directory tags see https://bford.info/cachedir/
            """;

    private final Path root;
    private final Links links;

    /** Makes a symbolic link, where there are such. */
    @FunctionalInterface
    interface Links {
        void make(Path link, Path target) throws IOException;
    }

    HubCache(Path root) {
        this(root, Files::createSymbolicLink);
    }

    HubCache(Path root, Links links) {
        this.root = root;
        this.links = links;
    }

    Path root() {
        return root;
    }

    Path folder(String repository) {
        return root.resolve(FOLDER + repository.replace("/", "--"));
    }

    /** The repositories that something is there of. */
    List<String> repositories() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith(FOLDER))
                    .map(name -> name.substring(FOLDER.length()).replace("--", "/"))
                    .sorted()
                    .toList();
        }
    }

    /** The commit that a revision was when it was downloaded. */
    Optional<String> commit(String repository, String revision) {
        if (SafeNames.isCommit(revision)) {
            return Optional.of(revision).filter(each -> Files.isDirectory(snapshot(repository, each)));
        }
        Path ref = ref(repository, revision);
        try {
            return Files.isRegularFile(ref)
                    ? Optional.of(Files.readString(ref).strip()).filter(SafeNames::isCommit)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // as if it had not been downloaded
        }
    }

    private Path ref(String repository, String revision) {
        return folder(repository).resolve("refs").resolve(revision);
    }

    Path snapshot(String repository, String commit) {
        return folder(repository).resolve("snapshots").resolve(commit);
    }

    Path file(String repository, String commit, String path) {
        return snapshot(repository, commit).resolve(path);
    }

    Path blob(String repository, String hash) {
        return folder(repository).resolve("blobs").resolve(hash);
    }

    /** A file that is locked while a blob is downloaded; the Python client's has the same name. */
    Path lock(String repository, String hash) {
        return root.resolve(".locks").resolve(folder(repository).getFileName()).resolve(hash + ".lock");
    }

    /** Makes the folder, and marks it as a cache. */
    void prepare(String repository) throws IOException {
        Files.createDirectories(folder(repository).resolve("blobs"));
        Path tag = root.resolve("CACHEDIR.TAG");
        if (Files.notExists(tag)) {
            AtomicFiles.write(tag, TAG);
        }
    }

    void writeRef(String repository, String revision, String commit) throws IOException {
        if (revision.equals(commit)) {
            return;
        }
        Path ref = ref(repository, revision);
        Files.createDirectories(ref.getParent());
        if (!Files.isRegularFile(ref)
                || !Files.readString(ref, StandardCharsets.UTF_8).equals(commit)) {
            AtomicFiles.write(ref, commit);
        }
    }

    /** Makes a downloaded file a blob, and a file of the snapshot. */
    void publish(String repository, RemoteFile remote, String path, Path downloaded) throws IOException {
        Path blob = blob(repository, remote.hash());
        Files.move(downloaded, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (!link(repository, remote, path)) {
            // Python's client leaves no blob behind either where there are no links.
            Files.move(
                    blob,
                    file(repository, remote.commit(), path),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes a blob that is there a file of the snapshot. */
    void reuse(String repository, RemoteFile remote, String path) throws IOException {
        if (!link(repository, remote, path)) {
            Path file = file(repository, remote.commit(), path);
            Path part = file.resolveSibling(AtomicFiles.partName());
            Files.copy(blob(repository, remote.hash()), part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** False where there are no links. */
    private boolean link(String repository, RemoteFile remote, String path) throws IOException {
        Path file = file(repository, remote.commit(), path);
        Files.createDirectories(file.getParent());
        Path blob = blob(repository, remote.hash());
        Path target = file.getParent().relativize(blob);
        try {
            links.make(file, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.exists(file) && Files.isSameFile(file, blob)) {
                return true;
            }
            return replace(file, target);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
    }

    /** A link that leads nowhere, or to other bytes, gives way at once. */
    private boolean replace(Path file, Path target) throws IOException {
        Path part = file.resolveSibling(AtomicFiles.partName());
        links.make(part, target);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }
}
