package io.iedp.serve.http;

import io.iedp.api.UserException;
import io.iedp.engine.Prediction;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.telemetry.Metrics;
import io.iedp.serve.telemetry.Metrics.Stage;
import io.iedp.serve.work.Batcher;
import io.iedp.serve.work.Job;
import io.iedp.serve.work.Models;
import io.iedp.serve.work.Pictures;
import io.iedp.serve.work.ServedModel;
import io.iedp.serve.work.TaskInfo;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What all protocols do with a request: find the model, decode, wait for the prediction, encode. */
final class Predictor {
    /** How often a request that waits looks whether its client is still there; its turn looks as well. */
    private static final long LOOK_NANOS = 250_000_000;

    /** A number with its comma, at most, and the room that an array which grows has left. */
    private static final int BYTES_OF_TEXT = 24;

    private final Models models;
    private final Pictures pictures;
    private final Batcher batcher;
    private final Bodies bodies;
    private final Metrics metrics;

    Predictor(Models models, Pictures pictures, Batcher batcher, Bodies bodies, Metrics metrics) {
        this.models = models;
        this.pictures = pictures;
        this.batcher = batcher;
        this.bodies = bodies;
        this.metrics = metrics;
    }

    /**
     * The model of a name.
     *
     * @throws RequestFailure if there is none (404), or they are not open yet (503)
     */
    ServedModel model(Exchange exchange, String name) {
        requireReady();
        ServedModel model = models.named(name)
                .orElseThrow(() ->
                        new RequestFailure(404, "There is no model '%s'; there are: %s".formatted(name, names())));
        exchange.about(model.name());
        return model;
    }

    /** The first model, for protocols that name none. */
    ServedModel standard(Exchange exchange) {
        requireReady();
        ServedModel model = models.all().get(0);
        exchange.about(model.name());
        return model;
    }

    private void requireReady() {
        if (!models.isReady()) {
            throw RequestFailure.later(1, "The models are not open yet");
        }
    }

    private String names() {
        return models.all().stream().map(ServedModel::name).collect(Collectors.joining(", "));
    }

    byte[] body(Exchange exchange) {
        exchange.readTimeout();
        return bodies.read(exchange);
    }

    /** The picture in a file. */
    BufferedImage decode(Exchange exchange, byte[] file) {
        return pictures.decode(file, exchange.memory(), exchange.deadline());
    }

    /** The picture whose pixels are there. */
    BufferedImage picture(Exchange exchange, int width, int height, byte[] pixels) {
        return pictures.of(width, height, pixels, exchange.memory());
    }

    /**
     * Predicts pictures, and waits as long as the request has time and somebody waits for it.
     *
     * @param texts for each picture, what the guidance asks for, by name
     */
    List<Prediction> predict(
            Exchange exchange, ServedModel model, List<BufferedImage> images, List<Map<String, String>> texts) {
        metrics.took(model.name(), Stage.PREPARE, exchange.nanos());
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            jobs.add(new Job(
                    model, images.get(i), model.texts(texts.get(i)), exchange.deadline(), exchange::isAbandoned));
        }
        batcher.submit(jobs);
        try {
            List<Prediction> predictions = new ArrayList<>();
            for (Job job : jobs) {
                predictions.add(await(exchange, job));
            }
            return predictions;
        } finally {
            batcher.giveUp(jobs);
        }
    }

    private static Prediction await(Exchange exchange, Job job) {
        while (true) {
            try {
                long most = Math.max(1, exchange.deadline().nanosLeft());
                return job.result().get(Math.min(most, LOOK_NANOS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                exchange.deadline().check();
                if (job.isAbandoned()) {
                    throw RequestFailure.gone();
                }
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw RequestFailure.later(1, "The server is stopping");
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof UserException user) {
            return RequestFailure.bad(user.getMessage(), user);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    /** Takes the memory that values as texts need, twice while they grow, before they are written. */
    static void reserveTexts(Exchange exchange, List<Prediction> predictions, List<TaskInfo> tasks) {
        for (Prediction prediction : predictions) {
            for (TaskInfo task : tasks) {
                exchange.memory()
                        .grow((long) prediction.width() * prediction.height() * task.channels() * BYTES_OF_TEXT);
            }
        }
    }

    /** Draws and encodes, when it is its turn. */
    byte[] encode(Exchange exchange, Supplier<byte[]> encoding) {
        return pictures.atOnce(exchange.deadline(), () -> {
            long start = System.nanoTime();
            byte[] bytes = encoding.get();
            metrics.took(exchange.model(), Stage.ENCODE, System.nanoTime() - start);
            return bytes;
        });
    }
}
