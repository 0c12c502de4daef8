package io.iedp.hub;

import io.iedp.api.UserException;
import io.iedp.io.file.UserPath;
import io.iedp.io.text.Secrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the environment says about the hub, in the variables that the hub's Python client reads.
 *
 * @param endpoint without a slash at its end
 * @param cache the folder that has one of each repository
 * @param token what the hub knows the user by
 * @param offline whether no request may be made
 */
record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {
    /** The Python client's own default, which the protocol needs. */
    private static final String ENDPOINT = "https://huggingface.co";

    private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");

    /**
     * @param home the user's home folder
     * @throws UserException if a variable cannot be what it says
     */
    static HubSettings of(Map<String, String> environment, String home) {
        Path base = set(environment, "HF_HOME")
                .map(UserPath::of)
                .orElseGet(() -> set(environment, "XDG_CACHE_HOME")
                        .map(UserPath::of)
                        .orElseGet(() -> Path.of(home, ".cache"))
                        .resolve("huggingface"));
        Path cache = set(environment, "HF_HUB_CACHE")
                .or(() -> set(environment, "HUGGINGFACE_HUB_CACHE"))
                .map(UserPath::of)
                .orElseGet(() -> base.resolve("hub"));
        boolean offline = isYes(environment, "HF_HUB_OFFLINE") || isYes(environment, "TRANSFORMERS_OFFLINE");
        return new HubSettings(endpoint(environment), cache.toAbsolutePath(), token(environment, base), offline);
    }

    private static Optional<String> set(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static boolean isYes(Map<String, String> environment, String variable) {
        return set(environment, variable)
                .map(value -> YES.contains(value.toUpperCase(Locale.ROOT)))
                .orElse(false);
    }

    private static URI endpoint(Map<String, String> environment) {
        String text = set(environment, "HF_ENDPOINT").orElse(ENDPOINT).replaceAll("/+$", "");
        try {
            URI endpoint = URI.create(text);
            boolean known = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
            if (known && endpoint.getHost() != null && endpoint.getRawUserInfo() == null) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UserException(
                "HF_ENDPOINT is '%s', but must be the address of a hub, with http:// or https:// and without a user name"
                        .formatted(Secrets.mask(text)));
    }

    private static Optional<String> token(Map<String, String> environment, Path base) {
        Optional<String> given = set(environment, "HF_TOKEN");
        Path file = set(environment, "HF_TOKEN_PATH").map(UserPath::of).orElseGet(() -> base.resolve("token"));
        Optional<String> token = given.isPresent() ? given : read(file);
        if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]+")) {
            throw new UserException("%s has a token with blanks or letters in it that no token has"
                    .formatted(given.isPresent() ? "HF_TOKEN" : file.toString()));
        }
        return token;
    }

    private static Optional<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            throw new UserException("The token in %s cannot be read: %s".formatted(file, e), e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "%s, %s, %s, %s"
                .formatted(endpoint, cache, token.isPresent() ? "a token" : "no token", offline ? "offline" : "online");
    }
}
