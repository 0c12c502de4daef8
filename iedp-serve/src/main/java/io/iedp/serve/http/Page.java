package io.iedp.serve.http;

import io.iedp.api.UserException;
import io.iedp.serve.limits.RequestFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page to try models on, its examples, and the description of the routes: files that are read once. */
public final class Page {
    /** Nothing from elsewhere, and no code but the page's own file. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<String> FILES = List.of("app.js", "style.css", "icon.svg");
    private static final List<String> EXAMPLES = List.of("room-1.jpg", "room-2.jpg", "room-3.jpg");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp");

    private final byte[] index = resource("index.html");
    private final byte[] openApi = resource("openapi.json");
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, byte[]> examples;

    private Page(Map<String, byte[]> examples) {
        this.examples = examples;
        FILES.forEach(name -> files.put(name, resource(name)));
    }

    /**
     * @param folder with JPEG, PNG and WebP files to try models on; without it, drawn rooms
     * @throws UserException if there is no such folder, or none in it
     */
    public static Page of(Optional<Path> folder) {
        Map<String, byte[]> examples = new LinkedHashMap<>();
        if (folder.isEmpty()) {
            EXAMPLES.forEach(name -> examples.put(name, resource(name)));
            return new Page(examples);
        }
        try (Stream<Path> all = Files.list(folder.get())) {
            for (Path file : all.sorted().toList()) {
                String name = file.getFileName().toString();
                if (List.of("png", "jpg", "jpeg", "webp").contains(ending(name))) {
                    examples.put(name, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UserException("The examples in %s cannot be read: %s".formatted(folder.get(), e.getMessage()), e);
        }
        if (examples.isEmpty()) {
            throw new UserException("%s has no JPEG, PNG or WebP files".formatted(folder.get()));
        }
        return new Page(examples);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/io/iedp/serve/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The resource %s is missing".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    void index(Exchange exchange) {
        send(exchange, "index.html", index);
    }

    void openApi(Exchange exchange) {
        send(exchange, "openapi.json", openApi);
    }

    void file(Exchange exchange) {
        send(exchange, files);
    }

    void examples(Exchange exchange) {
        exchange.json(200, Json.write(json -> {
            json.beginArray();
            for (String name : examples.keySet()) {
                json.value(name);
            }
            json.endArray();
        }));
    }

    void example(Exchange exchange) {
        send(exchange, examples);
    }

    /** Names are looked up among those that were read, so that none is a path. */
    private static void send(Exchange exchange, Map<String, byte[]> among) {
        String name = exchange.http().pathParam("file");
        byte[] bytes = among.get(name);
        if (bytes == null) {
            throw new RequestFailure(404, "There is no file '%s'".formatted(name));
        }
        send(exchange, name, bytes);
    }

    private static void send(Exchange exchange, String name, byte[] bytes) {
        exchange.http().header("Content-Security-Policy", POLICY);
        exchange.http().header("Referrer-Policy", "no-referrer");
        exchange.http().header("Cache-Control", "no-cache");
        exchange.answer(200, TYPES.get(ending(name)), bytes);
    }

    /** The description of the routes, for tests. */
    static String openApi() {
        return new String(resource("openapi.json"), StandardCharsets.UTF_8);
    }
}
