package io.iedp.serve.limits;

import java.time.Duration;

/**
 * How much a server takes on at once.
 *
 * @param bodyBytes most bytes of a request's body
 * @param pixels most pixels of a picture, known from its header before it is decoded
 * @param decoders pictures that are decoded or encoded at once
 * @param uploads requests whose bodies are held at once, from their first byte to their answer
 * @param queue pictures that wait to be computed
 * @param batch pictures of one size that a model computes together
 * @param batchWait how long a picture waits for others of its size
 * @param timeout how long a request may take, from its head to its answer; a client may ask for less
 * @param drain how long requests that were accepted may take once the server stops
 * @param connections that are open at once
 */
public record Limits(
        long bodyBytes,
        long pixels,
        int decoders,
        int uploads,
        int queue,
        int batch,
        Duration batchWait,
        Duration timeout,
        Duration drain,
        int connections) {
    /** For a processor; a device for which batches pay has {@link #withBatch} 8. */
    public static final Limits STANDARD = new Limits(
            20_000_000,
            40_000_000,
            4,
            64,
            32,
            1,
            Duration.ofMillis(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            1000);

    public Limits {
        require(bodyBytes, 1, Integer.MAX_VALUE - 8, "bytes of a body");
        require(pixels, 1, Integer.MAX_VALUE / 3, "pixels of a picture");
        require(decoders, 1, 1024, "decoders");
        require(uploads, 1, 1024, "bodies at once");
        require(queue, 1, 100_000, "pictures in the queue");
        require(batch, 1, 1024, "pictures in a batch");
        require(connections, 1, 1_000_000, "connections");
        require(batchWait.toNanos(), 0, Duration.ofMinutes(1).toNanos(), "nanoseconds of waiting for a batch");
        require(timeout.toMillis(), 1, Duration.ofDays(1).toMillis(), "milliseconds for a request");
        require(drain.toMillis(), 0, Duration.ofDays(1).toMillis(), "milliseconds for stopping");
    }

    private static void require(long value, long least, long most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s to %s %s are possible, not %s".formatted(least, most, what, value));
        }
    }

    public Limits withBatch(int pictures) {
        return new Limits(
                bodyBytes, pixels, decoders, uploads, queue, pictures, batchWait, timeout, drain, connections);
    }

    public Limits withBatchWait(Duration wait) {
        return new Limits(bodyBytes, pixels, decoders, uploads, queue, batch, wait, timeout, drain, connections);
    }

    public Limits withQueue(int pictures) {
        return new Limits(
                bodyBytes, pixels, decoders, uploads, pictures, batch, batchWait, timeout, drain, connections);
    }

    public Limits withBodyBytes(long bytes) {
        return new Limits(bytes, pixels, decoders, uploads, queue, batch, batchWait, timeout, drain, connections);
    }

    public Limits withPixels(long most) {
        return new Limits(bodyBytes, most, decoders, uploads, queue, batch, batchWait, timeout, drain, connections);
    }

    public Limits withTimeout(Duration most) {
        return new Limits(bodyBytes, pixels, decoders, uploads, queue, batch, batchWait, most, drain, connections);
    }

    public Limits withDrain(Duration most) {
        return new Limits(bodyBytes, pixels, decoders, uploads, queue, batch, batchWait, timeout, most, connections);
    }

    public Limits withConnections(int most) {
        return new Limits(bodyBytes, pixels, decoders, uploads, queue, batch, batchWait, timeout, drain, most);
    }
}
