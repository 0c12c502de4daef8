package io.iedp.hooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.StepReport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a tracking server of parameters and metrics. A thread of its own does it, so that training never waits for the
 * network; what a server that is away does not take is sent again later, the oldest being dropped when it is too much.
 */
final class Mlflow implements Hook {
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 1000;
    private static final int LONGEST_TAG = 5000;
    private static final int SECONDS_AT_END = 30;

    private final MlflowClient client;
    private final MlflowConfig configuration;
    private final HookContext context;
    private final Deque<JsonObject> waiting = new ArrayDeque<>();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "mlflow");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String run = "";

    Mlflow(MlflowClient client, MlflowConfig configuration, HookContext context) {
        this.client = client;
        this.configuration = configuration;
        this.context = context;
    }

    @Override
    public void started(int step) {
        if (!run.isEmpty()) {
            status("RUNNING", Optional.empty()); // a run that goes on was said to be over
        }
        send();
    }

    @Override
    public void afterStep(StepReport step) {
        if (step.step() % configuration.every() == 0 || step.step() == 1 || step.step() == step.steps()) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("loss", step.loss());
            step.branchLosses().forEach((name, loss) -> values.put("loss." + name, loss));
            values.put("learning_rate", step.learningRate());
            values.put("gradient_norm", step.gradientNorm());
            values.put("images_per_second", step.imagesPerSecond());
            values.put("wait_share", step.waitShare());
            values.put("resident_mib", (double) step.residentMiB());
            metrics(step.step(), values);
        }
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        metrics(evaluation.step(), evaluation.metrics().values());
        evaluation.current().ifPresent(current -> {
            Map<String, Double> values = new LinkedHashMap<>();
            current.values().forEach((name, value) -> values.put("current." + name, value));
            metrics(evaluation.step(), values);
        });
    }

    @Override
    public void ended(int step) {
        status("FINISHED", Optional.of(System.currentTimeMillis()));
    }

    @Override
    public Map<String, String> state() {
        return run.isEmpty() ? Map.of() : Map.of("run", run);
    }

    @Override
    public void restore(Map<String, String> state) {
        run = state.get("run");
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(SECONDS_AT_END, TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that needs the server. */
    @FunctionalInterface
    private interface Call {
        void make() throws IOException;
    }

    private void metrics(int step, Map<String, Double> values) {
        long now = System.currentTimeMillis();
        synchronized (waiting) {
            values.forEach((name, value) -> {
                if (Double.isFinite(value)) {
                    JsonObject metric = new JsonObject();
                    metric.addProperty("key", name);
                    metric.addProperty("value", value);
                    metric.addProperty("timestamp", now);
                    metric.addProperty("step", step);
                    waiting.add(metric);
                }
            });
            while (waiting.size() > MOST_WAITING) {
                waiting.remove();
            }
        }
        send();
    }

    private void status(String status, Optional<Long> end) {
        sender.execute(() -> attempt(() -> {
            if (!run.isEmpty()) {
                JsonObject update = new JsonObject();
                update.addProperty("run_id", run);
                update.addProperty("status", status);
                end.ifPresent(time -> update.addProperty("end_time", time));
                client.post("runs/update", update);
            }
        }));
    }

    private void send() {
        sender.execute(() -> attempt(() -> {
            if (run.isEmpty()) {
                run = create();
            }
            for (JsonArray batch = next(); !batch.isEmpty(); batch = next()) {
                JsonObject body = new JsonObject();
                body.addProperty("run_id", run);
                body.add("metrics", batch);
                client.post("runs/log-batch", body);
                synchronized (waiting) {
                    for (int i = 0; i < batch.size() && batch.get(i) == waiting.peek(); i++) {
                        waiting.remove();
                    }
                }
            }
        }));
    }

    private JsonArray next() {
        JsonArray batch = new JsonArray();
        synchronized (waiting) {
            waiting.stream().limit(MOST_AT_ONCE).forEach(batch::add);
        }
        return batch;
    }

    private String create() throws IOException {
        JsonArray tags = new JsonArray();
        context.environment()
                .forEach((name, value) -> tags.add(tag("iedp." + name.replaceAll("[^\\w. /-]", "_"), value)));
        tags.add(tag("iedp.folder", context.folder().toAbsolutePath().toString()));
        tags.add(tag("iedp.experiment", context.configuration()));
        JsonObject body = new JsonObject();
        body.addProperty("experiment_id", client.experiment(configuration.experiment()));
        body.addProperty("run_name", context.name());
        body.addProperty("start_time", System.currentTimeMillis());
        body.add("tags", tags);
        return client.post("runs/create", body)
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();
    }

    private static JsonObject tag(String key, String value) {
        JsonObject tag = new JsonObject();
        tag.addProperty("key", key);
        tag.addProperty("value", value.length() > LONGEST_TAG ? value.substring(0, LONGEST_TAG) : value);
        return tag;
    }

    private void attempt(Call call) {
        try {
            call.make();
            failed.set(false);
        } catch (IOException | RuntimeException e) {
            if (!failed.getAndSet(true)) {
                context.say("MLflow does not take what it is told: %s; training goes on".formatted(e));
            }
        }
    }
}
