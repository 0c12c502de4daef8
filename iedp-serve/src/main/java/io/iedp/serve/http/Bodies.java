package io.iedp.serve.http;

import io.iedp.serve.limits.Limits;
import io.iedp.serve.limits.RequestFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Reads bodies, as long as they are small and quick enough. */
final class Bodies {
    private static final int CHUNK = 1 << 16;

    /** A client that sends on must be heard for a while, or it never reads why it was refused. */
    private static final long LINGER_NANOS = 2_000_000_000L;

    private static final long LINGER_BYTES = 1L << 28;

    /** Once as it comes, once in one piece. */
    private static final int COPIES = 2;

    private final Limits limits;

    Bodies(Limits limits) {
        this.limits = limits;
    }

    /**
     * @throws RequestFailure if the body is too large (413), empty (400), encoded (415), too slow (408), or not sent to its end
     */
    byte[] read(Exchange exchange) {
        String encoding = exchange.http().header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RequestFailure(415, "A body must be sent as it is, without the Content-Encoding " + encoding);
        }
        if (exchange.http().req().getContentLengthLong() > limits.bodyBytes()) {
            linger(exchange);
            throw tooLarge();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = exchange.http().bodyInputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (bytes.size() + read > limits.bodyBytes()) {
                    linger(exchange);
                    throw tooLarge();
                }
                exchange.memory().grow((long) COPIES * read);
                bytes.write(chunk, 0, read);
                if (exchange.deadline().hasPassed()) {
                    throw slow(null);
                }
            }
        } catch (IOException e) {
            throw e.getCause() instanceof TimeoutException ? slow(e) : RequestFailure.gone();
        }
        if (bytes.size() == 0) {
            throw RequestFailure.bad("The body is empty; it must have a picture");
        }
        return bytes.toByteArray();
    }

    private RequestFailure tooLarge() {
        return RequestFailure.tooLarge(String.format(
                Locale.ROOT, "The body is too large; this server takes up to %.1f MB", limits.bodyBytes() / 1e6));
    }

    private static RequestFailure slow(IOException cause) {
        RequestFailure failure = new RequestFailure(408, "The body came too slowly");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    private static void linger(Exchange exchange) {
        exchange.http().header("Connection", "close");
        if (exchange.http().header("Expect") != null) {
            return; // it asked before it sends
        }
        byte[] chunk = new byte[CHUNK];
        long until = System.nanoTime() + LINGER_NANOS;
        try {
            InputStream in = exchange.http().bodyInputStream();
            long all = 0;
            for (int read = in.read(chunk);
                    read >= 0 && all < LINGER_BYTES && System.nanoTime() < until;
                    read = in.read(chunk)) {
                all += read;
            }
        } catch (IOException e) {
            // The answer may still reach it.
        }
    }
}
