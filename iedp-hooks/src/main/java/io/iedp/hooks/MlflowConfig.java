package io.iedp.hooks;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.Secret;

/** Settings of {@link Mlflow}. */
public record MlflowConfig(
        @Doc("Where the tracking server is, as in a URL without the path /api. Credentials come from the"
                + " environment: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN;"
                + " a user and a password in the address go before them. What comes from ${env:NAME} is kept as that.")
        @NotEmpty
        @Secret
        String uri,

        @Doc("The experiment that the run belongs to; it is made when it is not there.") @Default("iedp") @NotEmpty
        String experiment,

        @Doc("Steps between two points of a curve.") @Default("10") @Range(min = 1, max = 1e9)
        int every) {
    public MlflowConfig {
        if (!uri.matches("https?://[^/].*")) {
            throw new IllegalArgumentException("uri must begin with http:// or https://, as in http://localhost:5000");
        }
    }
}
