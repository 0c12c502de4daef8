package io.iedp.serve.http;

import io.iedp.serve.limits.Deadline;
import io.iedp.serve.limits.MemoryBudget;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.limits.Traffic;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Connection;

/** One request and its answer. Closing it gives back the memory that it holds. */
final class Exchange implements AutoCloseable {
    /** Of the answer, and of a request that brings its own. */
    static final String ID = "X-Request-Id";

    /** Milliseconds that a client gives a request. */
    static final String TIMEOUT = "X-Request-Timeout-Ms";

    /** The same, as Envoy and the gateways that are built on it say it. */
    private static final String ENVOY_TIMEOUT = "X-Envoy-Expected-Rq-Timeout-Ms";

    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** W3C Trace Context, level 1. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final Context http;
    private final String id;
    private final long start = System.nanoTime();
    private final Duration most;
    private final MemoryBudget.Share memory;
    private final Traffic traffic;
    private Deadline deadline;
    private final ClientConnection client;
    private String model = "";

    private Exchange(Context http, String id, Duration most, MemoryBudget.Share memory, Traffic traffic) {
        this.http = http;
        this.id = id;
        this.most = most;
        this.memory = memory;
        this.traffic = traffic;
        this.deadline = Deadline.in(most);
        this.client = ClientConnection.of(http.req());
    }

    static Exchange begin(Context http, Duration most, MemoryBudget memory, Traffic traffic) {
        String asked = http.header(ID);
        String id = asked != null && SANE_ID.matcher(asked).matches()
                ? asked
                : String.format(
                        Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
        http.header(ID, id);
        return new Exchange(http, id, most, memory.open(), traffic);
    }

    /**
     * Heeds what the client says of its patience.
     *
     * @throws RequestFailure if that is no number of milliseconds
     */
    void readTimeout() {
        for (String header : new String[] {ENVOY_TIMEOUT, TIMEOUT}) {
            String text = http.header(header);
            if (text != null) {
                try {
                    long millis = Long.parseLong(text.strip());
                    if (millis < 1) {
                        throw new NumberFormatException(text);
                    }
                    deadline = Deadline.in(Duration.ofMillis(Math.min(millis, most.toMillis())));
                } catch (NumberFormatException e) {
                    throw RequestFailure.bad(
                            "%s must be a number of milliseconds from 1, not '%s'".formatted(header, text), e);
                }
            }
        }
    }

    Context http() {
        return http;
    }

    String id() {
        return id;
    }

    /** The trace that the request is part of; empty without one. */
    Optional<String> trace() {
        return Optional.ofNullable(http.header("traceparent"))
                .map(TRACE_PARENT::matcher)
                .filter(Matcher::matches)
                .map(parent -> parent.group(1));
    }

    Deadline deadline() {
        return deadline;
    }

    MemoryBudget.Share memory() {
        return memory;
    }

    long nanos() {
        return System.nanoTime() - start;
    }

    /** Whether the client closed the connection; may be asked once the body was read. */
    synchronized boolean isAbandoned() {
        return client.isClosed();
    }

    Connection connection() {
        return client.connection();
    }

    /** The name of the model that the request is about; empty when there is none. */
    String model() {
        return model;
    }

    void about(String name) {
        model = name;
    }

    /** Sends the answer; when the server stops, no further request may come after it. */
    void answer(int status, String contentType, byte... bytes) {
        if (traffic.isStopping()) {
            http.header("Connection", "close");
        }
        http.status(status);
        http.contentType(contentType);
        http.res().setContentLength(bytes.length);
        try {
            http.outputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void json(int status, byte... bytes) {
        answer(status, "application/json", bytes);
    }

    @Override
    public void close() {
        memory.close();
    }
}
