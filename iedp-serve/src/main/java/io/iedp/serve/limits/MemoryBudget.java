package io.iedp.serve.limits;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that requests may hold together, so that one that is too many is refused and none runs out of it. */
public final class MemoryBudget {
    private static final int SOON = 1;

    private final long bytes;
    private final AtomicLong free;

    public MemoryBudget(long bytes) {
        this.bytes = bytes;
        this.free = new AtomicLong(bytes);
    }

    /** A part of it, which can grow, until it is closed. */
    public final class Share implements AutoCloseable {
        private final AtomicLong held = new AtomicLong();

        private Share() {}

        /**
         * @throws RequestFailure if there is not as much, now (503) or ever (413)
         */
        public void grow(long more) {
            if (held.get() + more > bytes) {
                throw RequestFailure.tooLarge(
                        "The request needs about %s MiB of memory; this server has %s MiB for all requests (half of its -Xmx)"
                                .formatted(mebibytes(held.get() + more), mebibytes(bytes)));
            }
            if (free.addAndGet(-more) < 0) {
                free.addAndGet(more);
                throw RequestFailure.later(SOON, "Other requests take the memory that this one needs");
            }
            held.addAndGet(more);
        }

        /** Gives all of it back; a second call does nothing. */
        @Override
        public void close() {
            free.addAndGet(held.getAndSet(0));
        }
    }

    public Share open() {
        return new Share();
    }

    /** Bytes that are held. */
    public long held() {
        return bytes - free.get();
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
