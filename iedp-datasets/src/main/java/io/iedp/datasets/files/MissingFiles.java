package io.iedp.datasets.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which files are not there. Each folder is listed once, which is faster than to ask for every file. */
final class MissingFiles {
    private final Map<Path, Set<Path>> folders = new HashMap<>();
    private final Set<Path> known = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    void look(String what, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean listed = folders.computeIfAbsent(folder, MissingFiles::list).contains(file.getFileName());
        if (!listed && known.add(file)) {
            problems.add("There is no %s %s".formatted(what, file));
        } else if (listed && Files.isSymbolicLink(file) && !Files.exists(file) && known.add(file)) {
            problems.add("There is no %s %s: it is a link that leads nowhere".formatted(what, file));
        }
    }

    /** A sentence about each file that is missing, in the order in which they were looked for. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private static Set<Path> list(Path folder) {
        Set<Path> names = new HashSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> names.add(file.getFileName()));
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                throw FileTree.unreadable(folder, e);
            }
        }
        return names;
    }
}
