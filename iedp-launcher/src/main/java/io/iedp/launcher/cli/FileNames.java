package io.iedp.launcher.cli;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/**
 * Tells when the machine's locale is why a file was not found. Java names files in the locale's letters, which in {@code C} or
 * {@code POSIX} are those of ASCII: all others are lost in arguments, and cannot be asked for.
 */
final class FileNames {
    private static final char LOST = '\uFFFD';

    private FileNames() {}

    /**
     * What to set, if a failure is about a name that the locale has no letters for.
     *
     * @param message of the failure
     * @param letters that files can be named with, of the property {@code sun.jnu.encoding}
     * @param folder where the program runs
     */
    static Optional<String> hint(String message, String letters, String folder) {
        boolean named = canName(message, letters) && message.indexOf(LOST) < 0 && folder.indexOf(LOST) < 0;
        return named
                ? Optional.empty()
                : Optional.of(
                        "In this locale, files can only be named in %s. With LC_ALL=C.UTF-8 all names can be used."
                                .formatted(letters));
    }

    static Optional<String> hint(String message) {
        return hint(message, System.getProperty("sun.jnu.encoding", "UTF-8"), System.getProperty("user.dir"));
    }

    /** What is wrong with a name. */
    static String message(InvalidPathException failure) {
        return "'%s' cannot be the name of a file: %s".formatted(failure.getInput(), failure.getReason());
    }

    private static boolean canName(String text, String letters) {
        return !Charset.isSupported(letters)
                || Charset.forName(letters).newEncoder().canEncode(text);
    }
}
