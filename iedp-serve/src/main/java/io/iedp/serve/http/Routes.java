package io.iedp.serve.http;

import io.iedp.io.text.TerminalText;
import io.iedp.serve.limits.Connections;
import io.iedp.serve.limits.Limits;
import io.iedp.serve.limits.MemoryBudget;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.limits.Traffic;
import io.iedp.serve.telemetry.Metrics;
import io.iedp.serve.telemetry.Metrics.Stage;
import io.iedp.serve.work.Batcher;
import io.iedp.serve.work.Models;
import io.iedp.serve.work.Pictures;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that can be asked for, and what is the same for all of it: ids, tokens, failures, the log. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger("io.iedp.serve");

    /** Of nginx, for an answer that nobody reads. */
    private static final int GONE = 499;

    private final Limits limits;
    private final Optional<byte[]> token;
    private final MemoryBudget memory;
    private final Traffic traffic;
    private final Connections connections;
    private final Metrics metrics;
    private final Semaphore uploads;
    private final List<Route> all;

    /** Answers a request. */
    private interface Action {
        void answer(Exchange exchange);
    }

    private enum Access {
        /** Needs the token, if there is one. */
        GUARDED,
        /** A guarded one with a body, of which not all are read at once. */
        UPLOAD,
        /** For everybody, also while the server stops. */
        OPEN
    }

    private record Route(HandlerType method, String path, Access access, Action action) {}

    /**
     * @param token that requests must bring, if any
     * @param version of the server
     */
    public Routes(
            Limits limits,
            Optional<String> token,
            MemoryBudget memory,
            Traffic traffic,
            Connections connections,
            Metrics metrics,
            Models models,
            Batcher batcher,
            Page page,
            String version) {
        this.limits = limits;
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.memory = memory;
        this.traffic = traffic;
        this.connections = connections;
        this.metrics = metrics;
        this.uploads = new Semaphore(limits.uploads());
        Predictor predictor = new Predictor(models, new Pictures(limits), batcher, new Bodies(limits), metrics);
        OpenInference inference = new OpenInference(models, predictor, version);
        Predictions predictions = new Predictions(predictor);
        HuggingFace huggingFace = new HuggingFace(predictor);
        all = List.of(
                get("/v2", Access.GUARDED, inference::server),
                get("/v2/health/live", Access.OPEN, inference::live),
                get("/v2/health/ready", Access.OPEN, exchange -> {
                    requireRunning();
                    inference.ready(exchange);
                }),
                get("/v2/models/{model}", Access.GUARDED, inference::model),
                get("/v2/models/{model}/ready", Access.GUARDED, inference::modelReady),
                post("/v2/models/{model}/infer", inference::infer),
                post("/predictions/{model}", predictions::predict),
                post("/models/{model}", huggingFace::predict),
                get("/ping", Access.OPEN, exchange -> {
                    requireRunning();
                    inference.ready(exchange);
                }),
                post("/invocations", exchange -> {
                    if (HuggingFace.isJson(exchange)) {
                        huggingFace.predict(exchange, predictor.standard(exchange));
                    } else {
                        predictions.predict(exchange, predictor.standard(exchange));
                    }
                }),
                get("/metrics", Access.GUARDED, exchange -> {
                    Metrics.Page text = metrics.page(exchange.http().header("Accept"));
                    exchange.answer(200, text.contentType(), text.bytes());
                }),
                get("/", Access.OPEN, page::index),
                get("/page/{file}", Access.OPEN, page::file),
                get("/examples", Access.OPEN, page::examples),
                get("/examples/{file}", Access.OPEN, page::example),
                get("/openapi.json", Access.OPEN, page::openApi));
    }

    private static Route get(String path, Access access, Action action) {
        return new Route(HandlerType.GET, path, access, action);
    }

    private static Route post(String path, Action action) {
        return new Route(HandlerType.POST, path, Access.UPLOAD, action);
    }

    private void requireRunning() {
        if (traffic.isStopping()) {
            throw RequestFailure.later(1, "The server is stopping");
        }
    }

    public void register(RoutesConfig routes) {
        for (Route route : all) {
            routes.addHttpHandler(route.method, route.path, http -> answer(http, route));
            if (route.method.equals(HandlerType.GET)) { // or Javalin would say 200 to it whatever the answer is
                routes.addHttpHandler(HandlerType.HEAD, route.path, http -> answer(http, route));
            }
        }
        routes.exception(
                HttpResponseException.class,
                (failure, http) -> answer(http, new Route(http.method(), "", Access.OPEN, exchange -> {
                    throw refusal(failure, http);
                })));
    }

    private static RequestFailure refusal(HttpResponseException failure, Context http) {
        return switch (failure.getStatus()) {
            case 404 ->
                new RequestFailure(404, "There is no %s; /openapi.json lists what there is".formatted(http.path()));
            case 405 -> {
                String allowed = failure.getDetails().getOrDefault("availableMethods", "");
                http.header("Allow", allowed);
                yield new RequestFailure(405, "%s is for %s, not %s".formatted(http.path(), allowed, http.method()));
            }
            default -> new RequestFailure(failure.getStatus(), String.valueOf(failure.getMessage()));
        };
    }

    private void answer(Context http, Route route) {
        http.header("X-Content-Type-Options", "nosniff");
        try (Exchange exchange = Exchange.begin(http, limits.timeout(), memory, traffic)) {
            Optional<Throwable> failure = Optional.empty();
            connections.begin(exchange.connection());
            try {
                admitted(exchange, route);
            } catch (RequestFailure e) {
                failure = Optional.of(e);
                refuse(exchange, e);
            } catch (UncheckedIOException e) {
                failure = Optional.of(e);
                http.status(GONE);
            } catch (OutOfMemoryError e) {
                failure = Optional.of(e);
                refuse(exchange, RequestFailure.later(1, "The server has not enough memory for this now"));
            } catch (RuntimeException | Error e) {
                failure = Optional.of(e);
                refuse(
                        exchange,
                        new RequestFailure(500, "The server failed; its log has the reason under " + exchange.id()));
            }
            connections.end(exchange.connection());
            metrics.answered(exchange.model(), route.path, http.statusCode());
            if (!exchange.model().isEmpty()) {
                metrics.took(exchange.model(), Stage.WHOLE, exchange.nanos());
            }
            log(exchange, route, failure);
        }
    }

    private void admitted(Exchange exchange, Route route) {
        if (route.access == Access.OPEN) {
            route.action.answer(exchange);
            return;
        }
        traffic.begin();
        try {
            authorize(exchange.http());
            if (route.access == Access.GUARDED) {
                route.action.answer(exchange);
                return;
            }
            if (!uploads.tryAcquire()) {
                throw RequestFailure.later(1, "%s requests are answered already".formatted(limits.uploads()));
            }
            try {
                route.action.answer(exchange);
            } finally {
                uploads.release();
            }
        } finally {
            traffic.end();
        }
    }

    private void authorize(Context http) {
        if (token.isEmpty()) {
            return;
        }
        String header = http.header("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, "Bearer ", 0, 7);
        if (!bearer
                || !MessageDigest.isEqual(
                        token.get(), header.substring(7).strip().getBytes(StandardCharsets.UTF_8))) {
            http.header("WWW-Authenticate", "Bearer");
            throw new RequestFailure(401, "This server needs a token: the header Authorization: Bearer TOKEN");
        }
    }

    private void refuse(Exchange exchange, RequestFailure failure) {
        Context http = exchange.http();
        if (http.res().isCommitted()) {
            return;
        }
        failure.retryAfter().ifPresent(seconds -> http.header("Retry-After", Integer.toString(seconds)));
        if (failure.status() == 408 || failure.status() == GONE) {
            http.header("Connection", "close");
        }
        try {
            exchange.json(
                    failure.status(),
                    Json.write(json -> json.beginObject()
                            .name("error")
                            .value(failure.getMessage())
                            .name("id")
                            .value(exchange.id())
                            .endObject()));
        } catch (UncheckedIOException e) {
            // Whoever asked has left.
        }
    }

    private static void log(Exchange exchange, Route route, Optional<Throwable> failure) {
        Context http = exchange.http();
        String line = "%s %s %s %s ms id=%s%s%s"
                .formatted(
                        http.method(),
                        http.path(),
                        http.statusCode(),
                        exchange.nanos() / 1_000_000,
                        exchange.id(),
                        exchange.trace().map(trace -> " trace=" + trace).orElse(""),
                        failure.map(each -> " " + each.getMessage()).orElse(""));
        String safe = TerminalText.line(line);
        if (http.statusCode() == 500) {
            LOG.error(safe, failure.orElse(null));
        } else if (http.statusCode() >= 400) {
            LOG.warn(safe);
        } else if (route.access == Access.UPLOAD) {
            LOG.info(safe);
        } else {
            LOG.debug(safe); // such as probes, every few seconds
        }
    }
}
