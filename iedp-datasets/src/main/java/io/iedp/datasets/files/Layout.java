package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.io.file.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where things are in the folder of a published data set. */
final class Layout {
    private Layout() {}

    /**
     * The data set's own folder: the one that was named, or one in it.
     *
     * @param mark a folder that every copy of the data set has
     * @param inside the folders that archives unpack to
     */
    static Path root(Path named, String mark, String... inside) {
        requireFolder(named);
        return Stream.concat(Stream.of(named), Stream.of(inside).map(named::resolve))
                .filter(folder -> Files.isDirectory(folder.resolve(mark)))
                .findFirst()
                .orElseThrow(() -> new UserException("%s has no folder '%s' in it%s; root must be the folder of %s"
                        .formatted(
                                named,
                                mark,
                                inside.length == 0 ? "" : ", nor in " + String.join(" or ", inside),
                                "the data set as it is published")));
    }

    /**
     * @throws UserException if the root of a data set is not there
     */
    static void requireFolder(Path root) {
        if (!Files.isDirectory(root)) {
            throw new UserException("There is no folder %s (root of the data set)%s"
                    .formatted(
                            root.toAbsolutePath().normalize(),
                            root.isAbsolute() ? "" : "; a relative path begins where IEDP was started"));
        }
    }

    /** The first of these folders that is there. */
    static Path folder(Path root, String what, List<String> names) {
        return names.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new UserException("There is no folder of %s in %s: neither %s"
                        .formatted(what, root, String.join(" nor ", names))));
    }

    /** The first of these files that is there. */
    static Path file(Path root, String what, List<String> names) {
        return names.stream()
                .map(root::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "There is no %s in %s: neither %s".formatted(what, root, String.join(" nor ", names))));
    }

    /** The file in the first folder that has it; in the first of all, if none has. */
    static Path find(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseGet(() -> folders.get(0).resolve(name));
    }

    /** Pictures of a folder and those inside of it, by name without ending, in order. */
    static List<String> pictures(Path folder, String ending) {
        List<String> names = new ArrayList<>(
                FileTree.list(folder, List.of(ending), "pictures").keySet());
        if (names.isEmpty()) {
            throw new UserException("There is no %s picture in %s".formatted(ending, folder));
        }
        return names;
    }

    /**
     * The names in a list of a split.
     *
     * @throws UserException if one of them can be no name of a file
     */
    static List<String> names(Path file) {
        List<String> names = TextFiles.lines(file);
        if (names.isEmpty()) {
            throw new UserException("%s is empty".formatted(file));
        }
        names.forEach(name -> FileNames.path(name, file.toString()));
        return names;
    }
}
