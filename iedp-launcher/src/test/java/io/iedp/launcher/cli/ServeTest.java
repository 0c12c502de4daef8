package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with the model that comes with IEDP. */
class ServeTest {
    private static final int TERMINATED = 143;

    @TempDir
    private Path work;

    private Process start(Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.iedp.launcher.Main",
                        "serve",
                        "rooms",
                        "also.rooms=rooms",
                        "--port=0",
                        "--device=cpu")
                .redirectError(log.toFile())
                .start();
    }

    @Test
    void servesARunUntilItIsAskedToEnd() throws Exception {
        Path log = work.resolve("log");
        Process server = start(log);
        try (BufferedReader said = server.inputReader()) {
            String line = said.readLine();
            assertThat(line).matches("http://127\\.0\\.0\\.1:\\d+: rooms, also\\.rooms \\(ready after .*");
            String address = line.split(": ", 2)[0];
            HttpClient client = HttpClient.newHttpClient();
            byte[] picture = client.send(
                            HttpRequest.newBuilder(URI.create(address + "/examples/room-1.jpg"))
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/predictions/rooms"))
                    .header("X-Request-Id", "mine")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .POST(BodyPublishers.ofByteArray(picture))
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).body())
                    .contains("\"quantity\":\"class\"", "\"name\":\"floor\"");
            CompletableFuture<HttpResponse<String>> last = client.sendAsync(request, BodyHandlers.ofString());
            while (!client.send(
                            HttpRequest.newBuilder(URI.create(address + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body()
                    .contains("stage=\"prepare\",le=\"+Inf\"} 2")) {
                Thread.sleep(1);
            }
            server.destroy();

            assertThat(last.get().statusCode()).isEqualTo(200);
            assertThat(server.waitFor()).isEqualTo(TERMINATED);
        } finally {
            server.destroyForcibly();
        }
        assertThat(Files.readString(log))
                .contains("POST /predictions/rooms 200 ")
                .contains(" id=mine trace=0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void whatCannotBeServedIsSaid() {
        assertThat(Result.of("serve", "rooms", "rooms").err())
                .contains("Two models would be called rooms; name one of them, as in rooms-2=rooms");
        assertThat(Result.of("serve", "rooms", "--host", "192.0.2.1").err())
                .contains("The server cannot listen at 192.0.2.1, port 8080");
        assertThat(Result.of("serve", work.toString()).err()).contains("is no run folder");
        assertThat(Result.of(
                                "serve",
                                "rooms",
                                "--token-file",
                                work.resolve("none").toString())
                        .err())
                .contains("none");
        assertThat(List.of(
                        Result.of("serve").code(),
                        Result.of("serve", "a b=rooms").code()))
                .containsExactly(2, 2);
    }
}
