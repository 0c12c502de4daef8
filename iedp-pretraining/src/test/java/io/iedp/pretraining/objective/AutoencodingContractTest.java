package io.iedp.pretraining.objective;

import io.iedp.testkit.ObjectiveContract;

class AutoencodingContractTest extends ObjectiveContract<AutoencodingConfig> {
    @Override
    protected AutoencodingFactory factory() {
        return new AutoencodingFactory();
    }

    @Override
    protected AutoencodingConfig configuration() {
        return SmallObjectives.autoencoding();
    }
}
