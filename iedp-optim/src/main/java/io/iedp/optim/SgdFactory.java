package io.iedp.optim;

import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.api.optim.OptimizerFactory;

/** Makes {@link Sgd}. */
final class SgdFactory implements OptimizerFactory<SgdConfig> {
    @Override
    public String type() {
        return "sgd";
    }

    @Override
    public Class<SgdConfig> configuration() {
        return SgdConfig.class;
    }

    @Override
    public String description() {
        return "Stochastic gradient descent with momentum, as PyTorch has it: weight decay is added to the gradient (Sutskever et al., 2013).";
    }

    @Override
    public Optimizer create(SgdConfig configuration, OptimizerContext context) {
        return new Sgd(configuration, context.kernels());
    }
}
