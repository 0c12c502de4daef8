package io.iedp.hub;

import io.iedp.api.UserException;
import io.iedp.io.text.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks to a hub as its Python client does. Redirects are followed here, so that the token stays with the hub. */
final class HubClient {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int MOST_REDIRECTS = 8;

    private final HubSettings settings;
    private final Pauses pauses;
    private final HttpClient client;

    HubClient(HubSettings settings, Pauses pauses) {
        this.settings = settings;
        this.pauses = pauses;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    Pauses pauses() {
        return pauses;
    }

    /**
     * What the hub says of a file.
     *
     * @param name of which only the repository and the revision count
     * @return none if there is no such file in the repository
     * @throws UserException if the repository cannot be had, or the answer is no hub's
     */
    Optional<RemoteFile> head(HubName name, String path) {
        URI asked = URI.create("%s/%s/resolve/%s/%s"
                .formatted(settings.endpoint(), name.repository(), encoded(name.revision()), encodedPath(path)));
        URI uri = asked;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Void> response = headWithPauses(uri);
            Optional<String> location = response.headers().firstValue("Location");
            if (isRedirect(response.statusCode()) && location.isPresent()) {
                URI next = uri(location.get(), uri);
                if (uri(location.get(), null).getRawAuthority() == null) { // the repository has another name now
                    uri = next;
                    continue;
                }
                return Optional.of(file(response.headers(), next, name, path));
            }
            if (response.statusCode() == 200) {
                return Optional.of(file(response.headers(), uri, name, path));
            }
            if (response.statusCode() == 404 && isMissingEntry(response.headers())) {
                return Optional.empty();
            }
            throw refused(response.statusCode(), response.headers(), name, path);
        }
        throw new UserException("%s leads from one place to another without end".formatted(asked));
    }

    /** A hub says which of its things is missing; of what says nothing, it is the file. */
    private static boolean isMissingEntry(HttpHeaders headers) {
        return headers.firstValue("X-Error-Code").map("EntryNotFound"::equals).orElse(true);
    }

    private HttpResponse<Void> headWithPauses(URI uri) {
        HttpRequest request = request(uri)
                .timeout(ANSWER)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        for (int failures = 1; ; failures++) {
            Optional<HttpHeaders> headers = Optional.empty();
            try {
                HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
                if (!Pauses.isForAMoment(response.statusCode()) || failures >= Pauses.ATTEMPTS) {
                    return response;
                }
                headers = Optional.of(response.headers());
            } catch (IOException e) {
                if (failures >= Pauses.ATTEMPTS) {
                    throw unreachable(uri, e);
                }
            } catch (InterruptedException e) {
                throw Pauses.interrupted(e);
            }
            pauses.before(failures, headers);
        }
    }

    /**
     * Asks for the bytes of a file from one on.
     *
     * @return the answer, whatever it is, to be closed
     * @throws IOException if there is none
     */
    HttpResponse<InputStream> get(URI location, long from) throws IOException {
        URI uri = location;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpRequest.Builder request = request(uri).timeout(ANSWER).GET();
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response;
            try {
                response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            } catch (InterruptedException e) {
                throw Pauses.interrupted(e);
            }
            Optional<String> next = response.headers().firstValue("Location");
            if (!isRedirect(response.statusCode()) || next.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = uri(next.get(), uri);
        }
        throw new IOException("it leads from one place to another without end");
    }

    /** A request as the hub wants it; only the hub itself gets the token. */
    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "iedp");
        settings.token()
                .filter(token -> isHub(uri))
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private boolean isHub(URI uri) {
        URI hub = settings.endpoint();
        return hub.getScheme().equals(uri.getScheme())
                && hub.getHost().equalsIgnoreCase(uri.getHost())
                && port(hub) == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** An address that may be relative to another one. */
    private static URI uri(String text, URI from) {
        try {
            URI uri = from == null ? URI.create(text) : from.resolve(text);
            boolean relative = from == null && uri.getScheme() == null;
            boolean known = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && (from == null || "http".equals(from.getScheme()));
            if (relative || known && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UserException(
                "The hub leads to '%s', which is no address that can be followed".formatted(Secrets.mask(text)));
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private RemoteFile file(HttpHeaders headers, URI location, HubName name, String path) {
        String commit = headers.firstValue("X-Repo-Commit").orElse("");
        String hash = headers.firstValue("X-Linked-Etag")
                .or(() -> headers.firstValue("ETag"))
                .map(HubClient::unquoted)
                .orElse("");
        String size = headers.firstValue("X-Linked-Size")
                .or(() -> headers.firstValue("Content-Length"))
                .orElse("");
        if (!SafeNames.isCommit(commit) || !SafeNames.isHash(hash) || !size.matches("\\d{1,15}")) {
            throw new UserException(
                    "%s does not answer as a hub for %s of %s: it must give a commit, a hash and a size, but gave '%s', '%s' and '%s'. HF_ENDPOINT says which hub is asked."
                            .formatted(settings.endpoint(), path, name.shown(), commit, hash, size));
        }
        return new RemoteFile(commit, hash, Long.parseLong(size), location);
    }

    private static String unquoted(String etag) {
        return etag.replaceFirst("^W/", "").replace("\"", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encodedPath(String path) {
        return Arrays.stream(path.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
    }

    /** What a hub that refuses means, and what can be done. */
    UserException refused(int status, HttpHeaders headers, HubName name, String path) {
        String code = headers.firstValue("X-Error-Code").orElse("");
        String page = settings.endpoint() + "/" + name.repository();
        if (code.equals("GatedRepo") || status == 403 && code.isEmpty()) {
            return new UserException(
                    "%s is behind a licence that you must accept first: open %s, accept it while logged in, and set HF_TOKEN to a token that may read it%s."
                            .formatted(
                                    name.shown(),
                                    page,
                                    settings.token().isPresent() ? " (one is set, but it may not)" : ""));
        }
        if (code.equals("RevisionNotFound")) {
            return new UserException("%s has no revision '%s'. %s shows those that there are."
                    .formatted(page, name.revision(), page + "/tree/main"));
        }
        if (code.equals("RepoNotFound") || status == 401 || status == 404) {
            return new UserException(
                    "There is no %s, or it is private: %s. %s"
                            .formatted(
                                    page,
                                    name.shown(),
                                    settings.token().isPresent()
                                            ? "The token that is set may not read it, or is no longer valid."
                                            : "If it is yours, or has a licence to accept, set HF_TOKEN to a token that may read it."));
        }
        return new UserException("The hub answers %s for %s of %s%s. Try again later; what is downloaded is kept."
                .formatted(status, path, name.shown(), status == 429 ? ", which means too many requests" : ""));
    }

    UserException unreachable(URI uri, IOException e) {
        String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new UserException(
                "%s cannot be reached: %s. What has come is kept. Without a network, set HF_HUB_OFFLINE=1 and use what is in %s, or name a folder or a file as weights."
                        .formatted(uri.getHost(), Secrets.mask(cause), settings.cache()),
                e);
    }
}
