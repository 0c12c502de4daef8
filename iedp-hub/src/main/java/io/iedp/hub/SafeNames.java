package io.iedp.hub;

import io.iedp.api.UserException;
import java.util.regex.Pattern;

/** What of another machine's words may become part of a path here. */
final class SafeNames {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Also what Windows would take for a drive, a stream or a device's separator. */
    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]{1,200}");

    private SafeNames() {}

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /**
     * @param whose for the message, as in {@code hf://org/name}
     * @return the path, which stays inside any folder that it is resolved against
     * @throws UserException if it would not
     */
    static String requireInside(String path, String whose) {
        for (String segment : path.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
                throw new UserException(
                        "%s names a file '%s', which is refused: a file's name must stay inside its folder, so it has no '..', no empty parts and none of \\ : * ? \" < > |"
                                .formatted(whose, path));
            }
        }
        return path;
    }
}
