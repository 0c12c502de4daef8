package io.iedp.io.image;

import io.iedp.api.UserException;

/** What a picture needs is compared with what is there before it is decoded, lest other threads run out of memory. */
final class Heap {
    private Heap() {}

    /**
     * @param size of the picture, for messages
     * @throws UserException if there are fewer bytes than needed
     */
    static void checkRoom(String file, String size, long needed) {
        long room = room(needed);
        if (needed > room) {
            throw Refusal.tooLarge(
                    file,
                    "%s need about %s MiB, the heap has %s MiB (-Xmx)"
                            .formatted(size, Refusal.mebibytes(needed), Refusal.mebibytes(room)));
        }
    }

    /**
     * Nothing is known of what there is outside the heap; but a user who gives much gives much of both.
     *
     * @throws UserException if more is needed outside than the whole heap may have
     */
    static void checkNative(String file, String size, long needed) {
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > heap) {
            throw Refusal.tooLarge(
                    file,
                    "%s in several scans need about %s MiB, more than the heap's %s MiB (-Xmx)"
                            .formatted(size, Refusal.mebibytes(needed), Refusal.mebibytes(heap)));
        }
    }

    /**
     * Bytes that something which needs so many can take: all, if even these are not enough, otherwise what is free.
     * Garbage is collected only where it stands in the way.
     */
    static long room(long needed) {
        long all = Runtime.getRuntime().maxMemory();
        if (needed > all || needed <= free()) {
            return all;
        }
        System.gc();
        return free();
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
