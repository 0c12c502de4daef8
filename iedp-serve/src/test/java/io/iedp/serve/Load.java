package io.iedp.serve;

import io.iedp.engine.IedpModel;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.image.ImageFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a server, in a process of its own, beside a plain loop over the same files in this process: in turns, so that what
 * else the machine does is the same for both.
 *
 * <pre>
 * java -cp ... io.iedp.serve.Load REQUESTS RUN COMMAND...
 * </pre>
 *
 * <p>{@code COMMAND} is what starts the server, as in {@code ./iedp serve rooms --port 0}; its first line says its address.
 */
final class Load {
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 8;

    /** Width and height in turns, in pixels. */
    private static final int[] SIZES = {160, 120, 240, 180, 120, 200, 320, 240};

    private Load() {}

    /**
     * What came out.
     *
     * @param errors answers that are no prediction, or another one than the plain loop's
     * @param p50 milliseconds from a request to its answer
     * @param perSecond answers
     * @param plainPerSecond predictions of the plain loop
     * @param millis of processors that an answer took of the server's process
     * @param plainMillis likewise a prediction of the plain loop's
     * @param resident MiB that the server held once it was warm, after half of the requests, and after all
     */
    record Result(
            int requests,
            int errors,
            double p50,
            double p99,
            double perSecond,
            double plainPerSecond,
            double millis,
            double plainMillis,
            List<Long> resident) {
        /** MiB that came since half of the requests. */
        long growth() {
            return resident.get(2) - resident.get(1);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d requests from %d connections: %d errors, p50 %.1f ms, p99 %.1f ms, %.2f/s, plain loop %.2f/s, ratio %.3f; processors %.1f ms an answer, plain loop %.1f ms; resident MiB %s",
                    requests,
                    CONNECTIONS,
                    errors,
                    p50,
                    p99,
                    perSecond,
                    plainPerSecond,
                    perSecond / plainPerSecond,
                    millis,
                    plainMillis,
                    resident);
        }
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        List<String> command = List.of(arguments).subList(2, arguments.length);
        try (IedpModel model = IedpModel.open(Path.of(arguments[1]))) {
            System.out.println(measure(Integer.parseInt(arguments[0]), 1, model, command));
        }
    }

    /**
     * @param shrunk by what the sizes of the pictures are divided
     * @param model what the server serves, too
     * @param command that starts the server
     */
    static Result measure(int requests, int shrunk, IedpModel model, List<String> command)
            throws IOException, InterruptedException {
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            if (line == null || !line.startsWith("http://")) {
                throw new IOException("The server did not start: " + line);
            }
            String[] words = line.split(": ", 2);
            String name = words[1].split("[ ,]", 2)[0];
            return measure(requests, files(shrunk), model, URI.create(words[0] + "/predictions/" + name), server);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static Result measure(int requests, List<byte[]> files, IedpModel model, URI address, Process server)
            throws IOException, InterruptedException {
        List<byte[]> expected = files.stream().map(file -> plain(model, file)).toList();
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            Traffic traffic = new Traffic(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), address, files, expected);
            traffic.send(clients, Math.max(CONNECTIONS, requests / 10));
            traffic.millis.clear();
            List<Long> resident = new ArrayList<>(List.of(resident(server.pid())));
            double plainSeconds = 0;
            double plainCpu = 0;
            double cpu = 0;
            double seconds = 0;
            int each = Math.max(1, requests / ROUNDS);
            for (int round = 0; round < ROUNDS; round++) {
                double cpuBefore = cpu(ProcessHandle.current());
                double cpuOfServer = cpu(server.toHandle());
                long start = System.nanoTime();
                for (int i = 0; i < each; i++) {
                    plain(model, files.get(i % files.size()));
                }
                long middle = System.nanoTime();
                plainCpu += cpu(ProcessHandle.current()) - cpuBefore;
                traffic.send(clients, each);
                plainSeconds += (middle - start) / 1e9;
                seconds += (System.nanoTime() - middle) / 1e9;
                cpu += cpu(server.toHandle()) - cpuOfServer;
                if (round == ROUNDS / 2 - 1) {
                    resident.add(resident(server.pid()));
                }
            }
            resident.add(resident(server.pid()));
            double[] millis = traffic.millis.stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return new Result(
                    each * ROUNDS,
                    traffic.errors.get(),
                    millis[millis.length / 2],
                    millis[millis.length * 99 / 100],
                    each * ROUNDS / seconds,
                    each * ROUNDS / plainSeconds,
                    1e3 * cpu / each / ROUNDS,
                    1e3 * plainCpu / each / ROUNDS,
                    List.copyOf(resident));
        } finally {
            clients.shutdown();
        }
    }

    private static List<byte[]> files(int shrunk) {
        return IntStream.range(0, SIZES.length / 2)
                .mapToObj(i -> Served.picture(i, SIZES[2 * i] / shrunk, SIZES[2 * i + 1] / shrunk))
                .map(ImageFiles::encodePng)
                .toList();
    }

    /** What a request comes to, without a server: decoding, the prediction, its labels as bytes. */
    private static byte[] plain(IedpModel model, byte[] file) {
        TaskPrediction main = model.predict(ImageFiles.decodeRgb(file, "file").toBufferedImage())
                .main();
        float[] values = main.values();
        byte[] labels = new byte[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (int) values[i];
        }
        return labels;
    }

    private record Traffic(
            HttpClient client,
            URI address,
            List<byte[]> files,
            List<byte[]> expected,
            AtomicInteger errors,
            List<Double> millis) {
        Traffic(HttpClient client, URI address, List<byte[]> files, List<byte[]> expected) {
            this(client, address, files, expected, new AtomicInteger(), new ArrayList<>());
        }

        void send(ExecutorService clients, int requests) throws InterruptedException {
            List<Future<Double>> times = new ArrayList<>();
            IntStream.range(0, requests).forEach(i -> times.add(clients.submit(() -> one(i % files.size()))));
            for (Future<Double> each : times) {
                try {
                    millis.add(each.get());
                } catch (ExecutionException e) {
                    errors.incrementAndGet();
                    millis.add(0.0);
                }
            }
        }

        private double one(int file) throws IOException, InterruptedException {
            long start = System.nanoTime();
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(address)
                            .header("Accept", "application/octet-stream")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(files.get(file)))
                            .build(),
                    BodyHandlers.ofByteArray());
            double taken = (System.nanoTime() - start) / 1e6;
            if (response.statusCode() != 200 || !similar(response.body(), expected.get(file))) {
                errors.incrementAndGet();
            }
            return taken;
        }

        /** Two processes may sum in another order where other programs take processors away. */
        private static boolean similar(byte[] one, byte[] other) {
            if (Arrays.equals(one, other)) {
                return true;
            }
            long same = IntStream.range(0, Math.min(one.length, other.length))
                    .filter(i -> one[i] == other[i])
                    .count();
            return one.length == other.length && same > 0.99 * one.length;
        }
    }

    /** Seconds of processors that a process took; 0 where that is not told. */
    private static double cpu(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(0.0);
    }

    private static long resident(long process) throws IOException {
        Path status = Path.of("/proc/%s/status".formatted(process));
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        }
    }
}
