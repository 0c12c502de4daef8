package io.iedp.hooks;

import io.iedp.api.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What MLflow's own clients send to a server that asks who is there, from the same environment variables. */
final class MlflowAuthorization {
    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

    private MlflowAuthorization() {}

    /**
     * A name with a password (RFC 7617) goes before a token (RFC 6750).
     *
     * @throws UserException if there is a name or a password alone, or a token that no header can hold; what they are
     *     is not said
     */
    static Optional<String> of(Map<String, String> environment) {
        Optional<String> user = value(environment, USER);
        Optional<String> password = value(environment, PASSWORD);
        if (user.isPresent() != password.isPresent()) {
            throw new UserException("%s is set, but %s is not; MLflow needs both"
                    .formatted(user.isPresent() ? USER : PASSWORD, user.isPresent() ? PASSWORD : USER));
        }
        if (user.isPresent()) {
            byte[] both = (user.get() + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }
        return value(environment, TOKEN).map(token -> {
            if (!token.matches("[\\x21-\\x7e]+")) {
                throw new UserException(
                        "%s must be one line of letters, digits and signs, without spaces".formatted(TOKEN));
            }
            return "Bearer " + token;
        });
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
