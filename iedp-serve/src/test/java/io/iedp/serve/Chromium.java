package io.iedp.serve;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A browser without a window, which is told what to do by the DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final int SECONDS = 30;

    private final Process process;
    private final Listener listener = new Listener();
    private final AtomicInteger numbers = new AtomicInteger();
    private WebSocket socket;

    private Chromium(Process process) {
        this.process = process;
    }

    /** Debian's package chromium, or another build of it. */
    static Optional<Path> find() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--force-color-profile=srgb",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Chromium browser = new Chromium(process);
        try {
            browser.connect(profile.resolve("DevToolsActivePort"));
            return browser;
        } catch (IOException | InterruptedException | RuntimeException e) {
            browser.close();
            throw e;
        }
    }

    private void connect(Path portFile) throws IOException, InterruptedException {
        while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
            if (!process.isAlive()) {
                throw new IOException("The browser ended with " + process.exitValue());
            }
            Thread.sleep(20);
        }
        String port = Files.readAllLines(portFile).get(0);
        HttpClient client = HttpClient.newHttpClient();
        String targets = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/json/list".formatted(port)))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        String address = JsonParser.parseString(targets).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(target -> target.get("type").getAsString().equals("page"))
                .findFirst()
                .orElseThrow()
                .get("webSocketDebuggerUrl")
                .getAsString();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), listener)
                .join();
        for (String domain : List.of("Page", "Runtime", "Log", "Security")) {
            call(domain + ".enable", Map.of());
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void hear(JsonObject message) {
            if (message.has("id")) {
                answers.get(message.get("id").getAsInt()).complete(message);
                return;
            }
            String method = message.get("method").getAsString();
            boolean error = method.equals("Log.entryAdded")
                    && message.getAsJsonObject("params")
                            .getAsJsonObject("entry")
                            .get("level")
                            .getAsString()
                            .equals("error");
            if (error || method.equals("Runtime.exceptionThrown")) {
                complaints.add(message.toString());
            }
        }
    }

    JsonObject call(String method, Map<String, ?> parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        listener.answers.put(number, answer);
        String message = new Gson().toJson(Map.of("id", number, "method", method, "params", parameters));
        socket.sendText(message, true).join();
        JsonObject said = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (said.has("error")) {
            throw new IllegalStateException("%s: %s".formatted(method, said.get("error")));
        }
        return said.getAsJsonObject("result");
    }

    /** The value of an expression, or of the promise that it is. */
    JsonElement evaluate(String expression) {
        JsonObject result =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException("%s: %s".formatted(expression, result.get("exceptionDetails")));
        }
        JsonElement value = result.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    /** Waits until an expression is true. */
    void await(String expression) throws InterruptedException {
        for (int i = 0; i < SECONDS * 50; i++) {
            if (evaluate("Boolean(%s)".formatted(expression)).getAsBoolean()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(
                "It never was so: %s; the page says: %s".formatted(expression, evaluate("document.body.innerText")));
    }

    void press(String key, int code) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /** What the page's code and its policy complained of. */
    List<String> complaints() {
        return listener.complaints;
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        all.forEach(each ->
                each.onExit().completeOnTimeout(each, SECONDS, TimeUnit.SECONDS).join());
    }
}
