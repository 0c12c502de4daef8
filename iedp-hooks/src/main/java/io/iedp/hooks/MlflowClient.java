package io.iedp.hooks;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of MLflow's REST interface, version 2.0. None takes longer than ten seconds, or more memory than a short answer. */
final class MlflowClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONFLICT = 400;

    private final HttpClient client;
    private final String base;
    private final Optional<String> authorization;
    private final Duration patience;

    /**
     * @param uri of the server, without the interface's path
     * @param authorization what the server wants to see before it answers
     */
    MlflowClient(String uri, Optional<String> authorization) {
        this(uri, authorization, PATIENCE);
    }

    /**
     * @param patience how long a call may take
     */
    MlflowClient(String uri, Optional<String> authorization, Duration patience) {
        this.client = HttpClient.newBuilder().connectTimeout(patience).build();
        this.base = uri.replaceFirst("(?<!/)/+$", "") + "/api/2.0/mlflow/";
        this.authorization = authorization;
        this.patience = patience;
    }

    /** The number of the experiment of a name, which is made when it is not there. */
    String experiment(String name) throws IOException {
        HttpResponse<String> found = send(
                request("experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .GET());
        if (found.statusCode() < CONFLICT) {
            return json(found)
                    .getAsJsonObject("experiment")
                    .get("experiment_id")
                    .getAsString();
        }
        JsonObject body = new JsonObject();
        body.addProperty("name", name);
        return post("experiments/create", body).get("experiment_id").getAsString();
    }

    JsonObject post(String path, JsonObject body) throws IOException {
        HttpResponse<String> response = send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new Gson().toJson(body))));
        if (response.statusCode() >= CONFLICT) {
            throw new IOException(
                    "%s: the server answers %s: %s".formatted(path, response.statusCode(), response.body()));
        }
        return json(response);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(patience);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), head -> new ShortBody());
        try {
            // The request's own limit ends where the answer's headers do.
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within %s s".formatted(patience.toMillis() / 1000.0), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static JsonObject json(HttpResponse<String> response) throws IOException {
        try {
            JsonObject object = new Gson().fromJson(response.body(), JsonObject.class);
            return object == null ? new JsonObject() : object;
        } catch (JsonParseException e) {
            throw new IOException("the server does not answer as MLflow does", e);
        }
    }
}
