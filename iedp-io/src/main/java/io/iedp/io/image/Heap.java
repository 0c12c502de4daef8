package io.iedp.io.image;

/** What a picture needs is compared with what is there before it is decoded, lest other threads run out of memory. */
final class Heap {
    private Heap() {}

    /**
     * Bytes that can still be taken, by a picture that needs so many. Garbage is collected first if it stands in the
     * way of that.
     */
    static long room(long needed) {
        long room = room();
        if (room < needed && needed < Runtime.getRuntime().maxMemory()) {
            System.gc();
            room = room();
        }
        return room;
    }

    private static long room() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
