package io.iedp.serve;

import io.iedp.engine.IedpModel;
import io.iedp.engine.MicroRun;
import io.iedp.io.image.ImageFiles;
import io.iedp.serve.limits.Limits;
import io.iedp.serve.work.ServedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A server with the smallest models, and what its tests ask it. */
final class Served implements AutoCloseable {
    /** A second task beside the classes. */
    static final String DEPTH = "more-tasks={range: {head: {type: linear}, task: {type: depth}}}";

    final Server server;
    final IedpModel model;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Served(Server server, IedpModel model) {
        this.server = server;
        this.model = model;
    }

    /** With one model, called micro, of the two tasks main and range. */
    static Served with(Path folder, ServerOptions options) throws IOException {
        IedpModel model = IedpModel.open(MicroRun.write(folder.resolve("micro"), DEPTH));
        Server server = Server.start(options);
        server.open(List.of(warm("micro", model)));
        return new Served(server, model);
    }

    static Served with(Path folder, Limits limits) throws IOException {
        return with(folder, ServerOptions.LOCAL.with(limits));
    }

    static ServedModel warm(String name, IedpModel model) {
        return ServedModel.warm(name, model, 32, 24, Map.of());
    }

    /** A picture that differs from those of other numbers. */
    static BufferedImage picture(int number, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 7 + number * 31) % 256 << 16 | (y * 9 + number * 5) % 256 << 8 | (x + y) % 256);
            }
        }
        return image;
    }

    static byte[] file(int number) {
        return ImageFiles.encodePng(picture(number, 32, 24));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    HttpRequest post(String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The value of a metric; 0 when it was not counted yet. */
    double metric(String line) throws IOException, InterruptedException {
        return text(get("/metrics"))
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Waits until a metric has a value. */
    void await(String metric, double value) throws IOException, InterruptedException {
        while (metric(metric) != value) {
            Thread.sleep(5);
        }
    }

    /** Keeps all models from computing until it is closed. */
    Gate gate() throws InterruptedException {
        Gate gate = new Gate(new CountDownLatch(1), new CountDownLatch(1));
        Thread holder = new Thread(() -> model.predict(picture(0, 8, 8), Map.of(), gate::hold), "gate");
        holder.setDaemon(true);
        holder.start();
        gate.held.await();
        return gate;
    }

    record Gate(CountDownLatch held, CountDownLatch opened) implements AutoCloseable {
        void hold() {
            held.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            opened.countDown();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
