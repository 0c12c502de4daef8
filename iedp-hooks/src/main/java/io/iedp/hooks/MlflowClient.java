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

/** Calls of MLflow's REST interface, version 2.0. */
final class MlflowClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONFLICT = 400;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;
    private final Optional<String> authorization;

    /**
     * @param uri of the server, without the interface's path
     * @param authorization what the server wants to see before it answers
     */
    MlflowClient(String uri, Optional<String> authorization) {
        this.base = uri.replaceFirst("(?<!/)/+$", "") + "/api/2.0/mlflow/";
        this.authorization = authorization;
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
            throw new IOException("%s answers %d: %s".formatted(base + path, response.statusCode(), response.body()));
        }
        return json(response);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) throws IOException {
        try {
            JsonObject object = new Gson().fromJson(response.body(), JsonObject.class);
            return object == null ? new JsonObject() : object;
        } catch (JsonParseException e) {
            throw new IOException("%s does not answer as MLflow does".formatted(response.uri()), e);
        }
    }
}
