package io.iedp.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.iedp.api.UserException;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.testkit.HookContract;
import io.iedp.testkit.HookRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Against a server that answers as MLflow's documentation of its REST interface says. */
class MlflowTest {
    private record Request(String path, JsonObject body, List<String> authorization) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HookRun context = new HookRun(Path.of("runs/test"), new Goal("score", true));
    private volatile boolean away;
    private volatile boolean refusing;
    private volatile boolean stopped;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "server");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        stopped = true;
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString().replace("/api/2.0/mlflow/", "");
        String response = "{}";
        int code = 200;
        if (away) {
            code = 503;
        } else if (refusing) {
            code = 401;
        } else {
            requests.add(new Request(
                    path,
                    new Gson().fromJson(body, JsonObject.class),
                    exchange.getRequestHeaders().getOrDefault("Authorization", List.of())));
            if (path.startsWith("experiments/get-by-name")) {
                code = 404;
                response = "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}";
            } else if (path.equals("experiments/create")) {
                response = "{\"experiment_id\": \"12\"}";
            } else if (path.equals("runs/create")) {
                response = "{\"run\": {\"info\": {\"run_id\": \"abc\"}}}";
            }
        }
        byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private MlflowConfig configuration() {
        String uri = "http://%s:%s/"
                .formatted(
                        InetAddress.getLoopbackAddress().getHostAddress(),
                        server.getAddress().getPort());
        return new MlflowConfig(uri, "rooms & more", 2);
    }

    private Mlflow hook() {
        return hook(Map.of());
    }

    private Mlflow hook(Map<String, String> environment) {
        MlflowClient client = new MlflowClient(configuration().uri(), MlflowAuthorization.of(environment));
        return new Mlflow(client, configuration(), context);
    }

    private static StepReport step(int step) {
        return new StepReport(step, 4, 0.5, Map.of(), 1e-3, Double.NaN, 2, 0, 0, 100);
    }

    @Test
    void theServerHearsOfTheRun() {
        try (Mlflow hook = hook()) {
            hook.started(0);
            hook.afterStep(step(1));
            hook.afterStep(step(2));
            hook.afterStep(step(3));
            hook.evaluated(HookRun.evaluation(3, 0.75));
            hook.ended(3);
        }

        assertThat(requests.get(0).path()).isEqualTo("experiments/get-by-name?experiment_name=rooms+%26+more");
        assertThat(requests.get(1).body().get("name").getAsString()).isEqualTo("rooms & more");
        JsonObject created = requests.get(2).body();
        assertThat(created.get("experiment_id").getAsString()).isEqualTo("12");
        assertThat(created.get("run_name").getAsString()).isEqualTo("test");
        assertThat(created.get("tags").toString()).contains("{\"key\":\"iedp.seed\",\"value\":\"7\"}", "name: test\\n");
        assertThat(steps("loss")).containsExactly(1, 2);
        assertThat(steps("score")).containsExactly(3);
        assertThat(steps("gradient_norm")).as("what is no number").isEmpty();
        Request last = requests.get(requests.size() - 1);
        assertThat(last.path()).isEqualTo("runs/update");
        assertThat(last.body().get("status").getAsString()).isEqualTo("FINISHED");
        assertThat(context.said()).isEmpty();
    }

    private void answering(String path, HttpHandler handler) {
        server.createContext("/" + path, handler);
    }

    private Mlflow impatient(String path) {
        String uri = configuration().uri() + path;
        return new Mlflow(new MlflowClient(uri, Optional.empty(), Duration.ofMillis(500)), configuration(), context);
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        answering("endless", exchange -> {
            byte[] block = new byte[1 << 20];
            exchange.sendResponseHeaders(200, 0);
            while (!stopped) {
                exchange.getResponseBody().write(block);
            }
        });
        try (Mlflow hook = impatient("endless")) {
            hook.started(0);
            hook.afterStep(step(1));
            hook.ended(1);
        }

        assertThat(context.said()).anyMatch(line -> line.contains("its answer is longer than 1048576 bytes"));
    }

    /** A byte each tenth of a second, of thousands that it promises. */
    @Test
    void anAnswerThatHardlyComesHoldsNobody() {
        answering("slow", exchange -> {
            exchange.sendResponseHeaders(200, 10_000);
            while (!stopped) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause();
            }
        });
        try (Mlflow hook = impatient("slow")) {
            hook.started(0);
            hook.afterStep(step(1));
            hook.ended(1);
        }

        assertThat(context.said()).anyMatch(line -> line.contains("no whole answer within 0.5 s"));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatAServerMissesItHearsLater() throws InterruptedException {
        try (Mlflow hook = hook()) {
            away = true;
            hook.started(0);
            hook.afterStep(step(1));
            while (context.said().isEmpty()) {
                Thread.sleep(10);
            }
            away = false;
            hook.afterStep(step(2));
        }

        assertThat(steps("loss")).containsExactly(1, 2);
        assertThat(context.said())
                .singleElement()
                .asString()
                .contains("MLflow does not take what it is told", "503", "training goes on");
    }

    @Test
    void aRunThatGoesOnIsTheSameRun() {
        try (Mlflow hook = hook()) {
            hook.restore(Map.of("run", "earlier"));
            hook.started(2);
            hook.afterStep(step(4));
        }

        assertThat(requests).extracting(Request::path).containsExactly("runs/update", "runs/log-batch");
        assertThat(requests.get(0).body().get("status").getAsString()).isEqualTo("RUNNING");
        assertThat(requests)
                .allMatch(each -> each.body().get("run_id").getAsString().equals("earlier"));
    }

    /** The example of RFC 7617, section 2. */
    @Test
    void namesAndPasswordsAreSent() {
        assertThat(sent(Map.of(
                        "MLFLOW_TRACKING_USERNAME", "Aladdin",
                        "MLFLOW_TRACKING_PASSWORD", "open sesame",
                        "MLFLOW_TRACKING_TOKEN", "unused")))
                .isEqualTo(List.of("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    }

    /** The example of RFC 6750, section 2.1. */
    @Test
    void tokensAreSent() {
        assertThat(sent(Map.of("MLFLOW_TRACKING_TOKEN", "mF_9.B5f-4.1JqM")))
                .isEqualTo(List.of("Bearer mF_9.B5f-4.1JqM"));
        assertThat(sent(Map.of("MLFLOW_TRACKING_TOKEN", ""))).isEmpty();
    }

    /** The example of RFC 7617 again. */
    @Test
    void theUserOfAnAddressIsSentAndNotAskedFor() {
        Map<String, String> environment = Map.of("MLFLOW_TRACKING_TOKEN", "other");

        assertThat(MlflowAuthorization.of("https://Aladdin:open%20sesame@host/x", environment))
                .hasValue("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(MlflowAuthorization.of("https://***@host/x", environment)).hasValue("Bearer other");
        assertThat(MlflowAuthorization.of("https://host/a@b", environment)).hasValue("Bearer other");
        assertThat(MlflowAuthorization.address("https://Aladdin:open%20sesame@host/x"))
                .isEqualTo("https://host/x");
    }

    /** What every call of a run has as authorization. */
    private List<String> sent(Map<String, String> environment) {
        requests.clear();
        try (Mlflow hook = hook(environment)) {
            hook.started(0);
            hook.afterStep(step(1));
            hook.ended(1);
        }
        assertThat(requests)
                .hasSizeGreaterThan(3)
                .extracting(Request::authorization)
                .containsOnly(requests.get(0).authorization());
        return requests.get(0).authorization();
    }

    @Test
    void secretsAreNeverSaid() throws InterruptedException {
        refusing = true;
        try (Mlflow hook = hook(Map.of("MLFLOW_TRACKING_TOKEN", "secret"))) {
            hook.started(0);
            while (context.said().isEmpty()) {
                Thread.sleep(10);
            }
        }
        assertThat(context.said()).singleElement().asString().contains("401").doesNotContain("secret");
        assertThatThrownBy(() -> hook(Map.of("MLFLOW_TRACKING_TOKEN", "secret\nsecret")))
                .isInstanceOf(UserException.class)
                .hasMessage("MLFLOW_TRACKING_TOKEN must be one line of letters, digits and signs, without spaces");
        assertThatThrownBy(() -> hook(Map.of("MLFLOW_TRACKING_PASSWORD", "secret")))
                .isInstanceOf(UserException.class)
                .hasMessage("MLFLOW_TRACKING_PASSWORD is set, but MLFLOW_TRACKING_USERNAME is not; MLflow needs both");
    }

    private List<Integer> steps(String metric) {
        return metrics()
                .filter(each -> each.get("key").getAsString().equals(metric))
                .map(each -> each.get("step").getAsInt())
                .toList();
    }

    private Stream<JsonObject> metrics() {
        return requests.stream()
                .filter(request -> request.path().equals("runs/log-batch"))
                .flatMap(request -> request.body().getAsJsonArray("metrics").asList().stream())
                .map(JsonElement::getAsJsonObject);
    }

    @Nested
    class Contract extends HookContract<MlflowConfig> {
        @Override
        protected MlflowFactory factory() {
            return new MlflowFactory();
        }

        @Override
        protected MlflowConfig configuration() {
            return MlflowTest.this.configuration();
        }

        /** What the server has heard, without the times, and however it was divided into calls. */
        @Override
        protected List<String> left(Path run) {
            Stream<String> calls = requests.stream().map(Request::path).filter(path -> !path.equals("runs/log-batch"));
            Stream<String> points = metrics().map(each -> {
                each.remove("timestamp");
                return each.toString();
            });
            List<String> heard = Stream.concat(calls, points).toList();
            requests.clear();
            return heard;
        }

        @Override
        protected void settle(Hook hook) {
            while (hook.state().isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }
}
