package io.iedp.hooks;

import io.iedp.api.UserException;
import io.iedp.io.text.Secrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What MLflow's own clients send to a server that asks who is there, from the same environment variables. */
final class MlflowAuthorization {
    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

    private static final Pattern ADDRESS = Pattern.compile("(https?://)([^/?#]*)@(.*)", Pattern.DOTALL);

    private MlflowAuthorization() {}

    /**
     * The user information of an address goes before the environment, unless it was masked where the address is from.
     *
     * @throws UserException as {@link #of(Map)}
     */
    static Optional<String> of(String uri, Map<String, String> environment) {
        Matcher address = ADDRESS.matcher(uri);
        if (!address.matches() || address.group(2).equals(Secrets.MASK)) {
            return of(environment);
        }
        String user = decoded(address.group(2));
        return Optional.of(basic(user.contains(":") ? user : user + ":"));
    }

    /** The address alone, without user information. */
    static String address(String uri) {
        return ADDRESS.matcher(uri).replaceFirst("$1$3");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a sign of per cent that stands for itself
        }
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

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
            return Optional.of(basic(user.get() + ":" + password.get()));
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
