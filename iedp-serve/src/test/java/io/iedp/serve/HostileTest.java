package io.iedp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.io.image.ImageFiles;
import io.iedp.serve.limits.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that mean ill, that are broken, that are too many, or that leave. */
class HostileTest {
    private static final byte[] FILE = Served.file(2);
    private static final String COMPUTED = "iedp_batch_size_sum{model=\"micro\"}";

    @TempDir
    private Path folder;

    private static Socket connect(Served served) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] head(String path, String... headers) {
        String head = "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n".formatted(path, String.join("\r\n", headers));
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] request(byte[] body, String... headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: " + body.length);
        bytes.writeBytes(head("/predictions/micro", all.toArray(String[]::new)));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** All that comes until the server closes the connection. */
    private static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static void assertServes(Served served) throws Exception {
        assertThat(served.send(served.post("/predictions/micro", FILE)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void garbageIsAnsweredAndForgotten() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD)) {
            Random random = new Random(7);
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[200];
                random.nextBytes(garbage);
                garbage[199] = '\n';
                try (Socket socket = connect(served)) {
                    socket.getOutputStream().write(garbage);
                    socket.shutdownOutput();
                    assertThat(rest(socket)).doesNotContain(" 200 ");
                } catch (IOException e) {
                    // It may be too rude to be answered.
                }
                byte[] changed = FILE.clone();
                changed[random.nextInt(FILE.length)] ^= (byte) (1 + random.nextInt(255));
                assertThat(served.send(served.post("/predictions/micro", changed))
                                .statusCode())
                        .isIn(200, 400);
                byte[] cut = Arrays.copyOf(FILE, random.nextInt(FILE.length - 1) + 1);
                assertThat(served.send(served.post("/predictions/micro", cut)).statusCode())
                        .isEqualTo(400);
            }
            String nested = "{\"inputs\":" + "[".repeat(100_000);
            assertThat(served.send(served.post("/v2/models/micro/infer", nested.getBytes(StandardCharsets.US_ASCII)))
                            .statusCode())
                    .isEqualTo(400);
            assertServes(served);
        }
    }

    @Test
    void bodiesAreBounded() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD.withBodyBytes(50_000))) {
            HttpResponse<byte[]> said = served.send(served.post("/predictions/micro", new byte[5_000_000]));
            assertThat(said.statusCode()).isEqualTo(413);
            assertThat(Served.text(said)).contains("this server takes up to 0.1 MB");
            HttpResponse<byte[]> streamed = served.send(served.request("/predictions/micro")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1_000_000])))
                    .build());
            assertThat(streamed.statusCode()).isEqualTo(413);
            try (Socket socket = connect(served)) {
                socket.getOutputStream()
                        .write(head("/predictions/micro", "Content-Length: 9999999999999", "Expect: 100-continue"));
                assertThat(rest(socket)).startsWith("HTTP/1.1 413");
            }
            assertThat(served.metric("iedp_request_memory_bytes")).isZero();
            assertServes(served);
        }
    }

    /** A header that promises much, and pixels that are zeros: a file of some kilobytes. */
    private static byte[] bomb(int width, int height) {
        byte[] zeros = new byte[10_000];
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array()));
        for (int i = 0; i < 20; i++) {
            png.writeBytes(chunk("IDAT", zeros));
        }
        png.writeBytes(chunk("IEND"));
        return png.toByteArray();
    }

    private static byte[] chunk(String type, byte... data) {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(StandardCharsets.US_ASCII));
        checksum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) checksum.getValue())
                .array();
    }

    @Test
    void bombsAreKnownByTheirHeaders() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD)) {
            HttpResponse<byte[]> large = served.send(served.post("/predictions/micro", bomb(8000, 8000)));
            assertThat(large.statusCode()).isEqualTo(413);
            assertThat(Served.text(large))
                    .contains("8000 x 8000 pixels, which are 64.0 million; this server takes up to 40.0 million");
            HttpResponse<byte[]> huge = served.send(served.post("/predictions/micro", bomb(2_000_000, 2_000_000)));
            assertThat(huge.statusCode()).isEqualTo(400);
            assertThat(Served.text(huge)).contains("too few for 2000000 x 2000000 pixels");
            assertThat(served.metric("iedp_request_memory_bytes")).isZero();
            assertServes(served);
        }
    }

    @Test
    void slowSendersAreNotWaitedForForever() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD.withTimeout(Duration.ofMillis(800)))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Socket socket = connect(served);
                socket.getOutputStream().write(head("/predictions/micro", "Content-Length: 1000"));
                slow.add(socket);
            }
            assertServes(served);
            Socket first = slow.get(0);
            String answer = "";
            for (int i = 0; i < 500 && answer.isEmpty(); i++) {
                first.getOutputStream().write(0);
                Thread.sleep(10);
                if (first.getInputStream().available() > 0) {
                    answer = rest(first);
                }
            }
            assertThat(answer).startsWith("HTTP/1.1 408");
            for (Socket each : slow) {
                each.close();
            }
            assertServes(served);
        }
    }

    @Test
    void theQueueIsBounded() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD.withQueue(2))) {
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            try (Served.Gate gate = served.gate()) {
                answers.add(served.sendAsync(served.post("/predictions/micro", FILE)));
                served.await("iedp_requests_total{model=\"\",route=\"/metrics\",status=\"200\"}", 1);
                while (served.metric("iedp_stage_seconds_count{model=\"micro\",stage=\"queue\"}") < 1) {
                    Thread.sleep(5); // until one is at the gate
                }
                answers.add(served.sendAsync(served.post("/predictions/micro", FILE)));
                answers.add(served.sendAsync(served.post("/predictions/micro", FILE)));
                served.await("iedp_queue_length", 2);

                HttpResponse<byte[]> refused = served.send(served.post("/predictions/micro", FILE));

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isPositive();
                assertThat(Served.text(refused)).contains("2 pictures wait already");
            }
            for (CompletableFuture<HttpResponse<byte[]>> each : answers) {
                assertThat(each.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void whatIsLateOrLeftIsNotComputed() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD)) {
            CompletableFuture<HttpResponse<byte[]>> first;
            try (Served.Gate gate = served.gate()) {
                first = served.sendAsync(served.post("/predictions/micro", FILE));
                while (served.metric("iedp_stage_seconds_count{model=\"micro\",stage=\"queue\"}") < 1) {
                    Thread.sleep(5);
                }
                HttpResponse<byte[]> late =
                        served.send(served.post("/predictions/micro", FILE, "X-Request-Timeout-Ms", "60"));
                assertThat(late.statusCode()).isEqualTo(504);
                try (Socket leaves = connect(served);
                        Socket halfCloses = connect(served)) {
                    leaves.getOutputStream().write(request(FILE));
                    halfCloses.getOutputStream().write(request(FILE));
                    served.await("iedp_queue_length", 2);
                    halfCloses.shutdownOutput();
                }
                served.await("iedp_queue_length", 0);
            }
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertServes(served);
            assertThat(served.metric(COMPUTED)).isEqualTo(2);
            assertThat(served.send(served.post("/predictions/micro", FILE, "X-Request-Timeout-Ms", "soon"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    /** The first byte of the second request is read while the first one is still answered. */
    @Test
    void requestsMayFollowEachOtherWithoutWaiting() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD);
                Socket socket = connect(served)) {
            try (Served.Gate gate = served.gate()) {
                socket.getOutputStream().write(request(FILE));
                while (served.metric("iedp_stage_seconds_count{model=\"micro\",stage=\"queue\"}") < 1) {
                    Thread.sleep(5);
                }
                socket.getOutputStream().write(request(FILE, "Connection: close"));
                Thread.sleep(60);
            }
            String answers = rest(socket);
            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
            assertThat(answers).doesNotContain("HTTP/1.1 4");
        }
    }

    @Test
    void aBrokenPictureDoesNotHarmThoseThatWaitWithIt() throws Exception {
        Limits batches = Limits.STANDARD.withBatch(4).withBatchWait(Duration.ofMillis(200));
        try (Served served = Served.with(folder, batches)) {
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                byte[] file = i == 2 ? Arrays.copyOf(FILE, FILE.length / 2) : Served.file(i);
                answers.add(served.sendAsync(
                        served.post("/predictions/micro?task=main", file, "Accept", "application/octet-stream")));
            }
            for (int i = 0; i < 5; i++) {
                HttpResponse<byte[]> answer = answers.get(i).get();
                assertThat(answer.statusCode()).isEqualTo(i == 2 ? 400 : 200);
                if (i == 2) {
                    assertThat(Served.text(answer)).contains("What was sent is damaged: ");
                } else {
                    float[] alone = served.model
                            .predict(ImageFiles.decodeRgb(Served.file(i), "alone")
                                    .toBufferedImage())
                            .main()
                            .values();
                    int same = 0;
                    for (int at = 0; at < alone.length; at++) {
                        same += answer.body()[at] == (byte) (int) alone[at] ? 1 : 0;
                    }
                    // Batches may round otherwise, where two classes are as likely.
                    assertThat(same).isGreaterThan(alone.length * 9 / 10);
                }
            }
            assertThat(served.metric("iedp_batch_size_bucket{model=\"micro\",le=\"1.0\"}"))
                    .as("those that were computed alone")
                    .isLessThan(4);
        }
    }

    @Test
    void aModelThatFailsLeavesTheServerAlive() throws Exception {
        Limits batches = Limits.STANDARD.withBatch(4).withBatchWait(Duration.ofMillis(200));
        try (Served served = Served.with(folder, batches)) {
            served.model.close();

            assertThat(Stream.of(1, 2, 3)
                            .map(i -> served.sendAsync(served.post("/predictions/micro", Served.file(i))))
                            .toList()
                            .stream()
                            .map(each -> each.join().statusCode()))
                    .containsOnly(500);
            assertThat(served.get("/v2/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void idleConnectionsMakeRoomForOthers() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD.withConnections(10))) {
            List<Socket> idle = new ArrayList<>();
            try {
                for (int i = 0; i < 40; i++) {
                    idle.add(connect(served));
                }
                try (Socket asks = connect(served)) {
                    asks.getOutputStream().write(request(FILE, "Connection: close"));
                    assertThat(rest(asks)).startsWith("HTTP/1.1 200");
                }
                assertThat(idle.get(0).getInputStream().read())
                        .as("the first one was closed")
                        .isEqualTo(-1);
            } finally {
                for (Socket each : idle) {
                    each.close();
                }
            }
        }
    }

    @Test
    void stoppingLosesNothingThatWasAccepted() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        Served served = Served.with(folder, Limits.STANDARD);
        Thread stopping = new Thread(served::close);
        try (Served.Gate gate = served.gate()) {
            for (int i = 0; i < 8; i++) {
                answers.add(served.sendAsync(served.post("/predictions/micro", Served.file(i))));
            }
            served.await("iedp_queue_length", 7);
            try (Socket open = connect(served)) {
                open.getOutputStream()
                        .write("GET /v2/health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] start = open.getInputStream().readNBytes(12);
                assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
                stopping.start();
                assertThat(refusal(served)).isTrue();
                open.getOutputStream().write(request(FILE));
                assertThat(rest(open)).contains("HTTP/1.1 503", "The server is stopping", "Retry-After: 1");
            }
        }
        stopping.join();
        for (CompletableFuture<HttpResponse<byte[]>> each : answers) {
            assertThat(each.get().statusCode()).isEqualTo(200);
            assertThat(each.get().headers().firstValue("Connection")).contains("close");
            assertThat(Served.text(each.get())).endsWith("}}}");
        }
    }

    /** Waits until no further connection is taken. */
    private static boolean refusal(Served served) throws InterruptedException {
        while (true) {
            try (Socket socket = connect(served)) {
                Thread.sleep(5);
            } catch (IOException e) {
                return true;
            }
        }
    }
}
