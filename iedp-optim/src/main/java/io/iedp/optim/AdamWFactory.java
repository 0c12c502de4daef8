package io.iedp.optim;

import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.api.optim.OptimizerFactory;

/** Makes {@link AdamW}. */
final class AdamWFactory implements OptimizerFactory<AdamWConfig> {
    @Override
    public String type() {
        return "adamw";
    }

    @Override
    public Class<AdamWConfig> configuration() {
        return AdamWConfig.class;
    }

    @Override
    public String description() {
        return "AdamW: Adam with decoupled weight decay (Loshchilov and Hutter, 2019).";
    }

    @Override
    public Optimizer create(AdamWConfig configuration, OptimizerContext context) {
        return new AdamW(configuration, context.kernels());
    }
}
