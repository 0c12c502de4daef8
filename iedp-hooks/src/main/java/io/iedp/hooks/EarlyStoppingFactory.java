package io.iedp.hooks;

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.HookFactory;

/** Makes {@link EarlyStopping}. */
final class EarlyStoppingFactory implements HookFactory<EarlyStoppingConfig> {
    @Override
    public String type() {
        return "early-stopping";
    }

    @Override
    public Class<EarlyStoppingConfig> configuration() {
        return EarlyStoppingConfig.class;
    }

    @Override
    public String description() {
        return "Ends training when the metric that counts gets no better (Prechelt, 1998).";
    }

    @Override
    public Hook create(EarlyStoppingConfig configuration, HookContext context) {
        return new EarlyStopping(configuration, context);
    }
}
