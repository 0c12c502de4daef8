package io.iedp.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.iedp.io.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub of models on this machine, with the protocol of a real one: it answers HEAD with facts and a signed address on another
 * host, its store of large files. {@code 127.0.0.1} is the hub, {@code localhost} the store.
 */
final class StandInHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** Answers instead of the hub; false to let it. */
    @FunctionalInterface
    interface Trouble {
        boolean happens(HttpExchange exchange) throws IOException;
    }

    /**
     * @param authorization empty without one
     */
    record Request(String method, String host, String path, String authorization, String range, String encoding) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    volatile String commit = COMMIT;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    StandInHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    URI store() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    StandInHub with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    StandInHub with(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }

    static String gitHash(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Weights are large files, which have another hash and another host. */
    static boolean isLarge(String path) {
        return path.endsWith(".safetensors");
    }

    long count(String method, String path) {
        return requests.stream()
                .filter(each -> each.method().equals(method) && each.path().contains(path))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            String path = exchange.getRequestURI().getPath();
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    headers.getFirst("Host"),
                    path,
                    Optional.ofNullable(headers.getFirst("Authorization")).orElse(""),
                    Optional.ofNullable(headers.getFirst("Range")).orElse(""),
                    Optional.ofNullable(headers.getFirst("Accept-encoding")).orElse("")));
            for (Trouble trouble : troubles) {
                if (trouble.happens(exchange)) {
                    return;
                }
            }
            if (path.startsWith("/store/")) {
                send(exchange, path.substring("/store/".length()));
            } else {
                answer(exchange, path);
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/", 6);
        byte[] bytes = parts.length == 6 && parts[3].equals("resolve") ? files.get(parts[5]) : null;
        Headers headers = exchange.getResponseHeaders();
        if (bytes == null) {
            headers.set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        headers.set("X-Repo-Commit", commit);
        if (isLarge(parts[5])) {
            headers.set("X-Linked-Etag", '"' + sha256(bytes) + '"');
            headers.set("X-Linked-Size", Integer.toString(bytes.length));
            headers.set("Location", store() + "/store/" + parts[5] + "?signature=secret-of-the-store");
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        headers.set("ETag", "W/\"" + gitHash(bytes) + '"');
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            send(exchange, parts[5]);
        }
    }

    private void send(HttpExchange exchange, String path) throws IOException {
        send(exchange, files.get(path), Integer.MAX_VALUE);
    }

    /** Sends what was asked for, and cuts it. */
    static void send(HttpExchange exchange, byte[] bytes, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        sendFrom(exchange, range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", "")), bytes, most);
    }

    static void sendFrom(HttpExchange exchange, int from, byte[] bytes, int most) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        int left = bytes.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, left == 0 ? -1 : left);
        OutputStream body = exchange.getResponseBody();
        body.write(bytes, from, Math.min(left, most));
        body.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
