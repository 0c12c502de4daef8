package io.iedp.datasets.files;

import io.iedp.api.UserException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files that stand in other files. */
final class FileNames {
    private FileNames() {}

    /**
     * The file of that name in a folder.
     *
     * @param where the name stands, for messages
     * @throws UserException if it cannot be the name of a file, as a slash, or a name with a NUL in it
     */
    static Path in(Path folder, String name, String where) {
        return named(folder.resolve(path(name, where)), name, where);
    }

    /** The file of that name in the folder of another; otherwise as {@link #in}. */
    static Path beside(Path other, String name, String where) {
        return named(other.resolveSibling(path(name, where)), name, where);
    }

    private static Path named(Path file, String name, String where) {
        if (file.getFileName() == null) {
            throw new UserException("%s names the file '%s', which is a folder".formatted(where, name));
        }
        return file;
    }

    /**
     * @param where the name stands, for messages
     * @throws UserException if it cannot be the name of a file
     */
    static Path path(String name, String where) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UserException(
                    "%s names the file '%s', which is no path: %s".formatted(where, name, e.getReason()), e);
        }
    }
}
