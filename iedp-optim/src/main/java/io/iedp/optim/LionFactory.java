package io.iedp.optim;

import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.api.optim.OptimizerFactory;

/** Makes {@link Lion}. */
final class LionFactory implements OptimizerFactory<LionConfig> {
    @Override
    public String type() {
        return "lion";
    }

    @Override
    public Class<LionConfig> configuration() {
        return LionConfig.class;
    }

    @Override
    public String description() {
        return "Lion (Chen et al., 2023), which moves every weight as far as the learning rate says: that should be 3 to 10 times smaller "
                + "than AdamW's, and the weight decay as many times larger.";
    }

    @Override
    public Optimizer create(LionConfig configuration, OptimizerContext context) {
        return new Lion(configuration, context.kernels());
    }
}
