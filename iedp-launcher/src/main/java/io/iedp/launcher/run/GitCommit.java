package io.iedp.launcher.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commit that a folder under Git is at, read from Git's own files. */
final class GitCommit {
    private GitCommit() {}

    /** Of the folder or the nearest one above it; empty where there is none. */
    static Optional<String> of(Path folder) {
        try {
            for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
                Path git = each.resolve(".git");
                if (Files.isDirectory(git)) {
                    return head(git, git);
                }
                if (Files.isRegularFile(git)) {
                    Path own = each.resolve(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
                    Path common = own.resolve("commondir");
                    return head(
                            own,
                            Files.exists(common)
                                    ? own.resolve(Files.readString(common).strip())
                                    : own);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> head(Path own, Path common) throws IOException {
        String head = Files.readString(own.resolve("HEAD")).strip();
        if (!head.startsWith("ref: ")) {
            return Optional.of(head);
        }
        String name = head.substring("ref: ".length());
        Path loose = common.resolve(name);
        if (Files.isRegularFile(loose)) {
            return Optional.of(Files.readString(loose).strip());
        }
        Path packed = common.resolve("packed-refs");
        return Files.isRegularFile(packed)
                ? Files.readAllLines(packed).stream()
                        .filter(line -> line.endsWith(" " + name))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .findFirst()
                : Optional.empty();
    }
}
