package io.iedp.io.image;

import io.iedp.api.UserException;

/** Why a picture is not read, each said in one way. All take the file's name, or where its bytes are from. */
final class Refusal {
    private static final int MEBIBYTE = 1 << 20;

    private Refusal() {}

    static UserException damaged(String file, String reason) {
        return damaged(file, reason, null);
    }

    static UserException damaged(String file, String reason, Throwable cause) {
        return new UserException("%s is damaged: %s".formatted(file, reason), cause);
    }

    static UserException cut(String file, int length) {
        return damaged(file, "it ends after %s bytes, in the middle of the picture".formatted(length));
    }

    static UserException tooFewBytes(String file, int length, int width, int height) {
        return damaged(file, "its %s bytes are too few for %s x %s pixels".formatted(length, width, height));
    }

    /** The file may be sound, and others may read it. */
    static UserException otherKind(String file, String format, String kind) {
        return new UserException("%s is a %s of a kind that is not read (%s). Convert it to baseline JPEG or usual PNG."
                .formatted(file, format, kind));
    }

    static UserException tooLarge(String file, String reason) {
        return new UserException("%s is too large: %s".formatted(file, reason));
    }

    static UserException outOfMemory(String file, OutOfMemoryError cause) {
        return new UserException(
                "%s is too large for the heap of %s MiB (-Xmx)"
                        .formatted(file, Runtime.getRuntime().maxMemory() / MEBIBYTE),
                cause);
    }

    static long mebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }
}
