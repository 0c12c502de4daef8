package io.iedp.io.file;

import io.iedp.api.UserException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as people write them where no shell has put the home folder in the place of {@code ~}. */
public final class UserPath {
    private UserPath() {}

    /**
     * The path, in which {@code ~/} at the beginning stands for the home folder.
     *
     * @throws UserException if that is another user's, as in {@code ~name/}
     * @throws InvalidPathException if it cannot be a path
     */
    public static Path of(String text) {
        return Path.of(expand(text));
    }

    /** The same as text, which may be a pattern. */
    public static String expand(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return System.getProperty("user.home") + text.substring(1);
        }
        if (text.matches("~[^/]+/.*")) {
            throw new UserException(
                    "'%s' begins in a home folder that only a shell knows. Write the folder in full; ./%s is a name."
                            .formatted(text, text));
        }
        return text;
    }
}
