package io.iedp.hooks;

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.HookFactory;

/** Makes {@link Mlflow}. */
final class MlflowFactory implements HookFactory<MlflowConfig> {
    @Override
    public String type() {
        return "mlflow";
    }

    @Override
    public Class<MlflowConfig> configuration() {
        return MlflowConfig.class;
    }

    @Override
    public String description() {
        return "Tells an MLflow tracking server of the run, by its REST interface.";
    }

    @Override
    public Hook create(MlflowConfig configuration, HookContext context) {
        MlflowClient client = new MlflowClient(
                MlflowAuthorization.address(configuration.uri()),
                MlflowAuthorization.of(configuration.uri(), System.getenv()));
        return new Mlflow(client, configuration, context);
    }
}
