package io.iedp.heads;

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import io.iedp.nn.Layers;

/** Makes the head {@code linear}. */
final class LinearFactory implements HeadFactory<LinearConfig> {
    @Override
    public String type() {
        return "linear";
    }

    @Override
    public Class<LinearConfig> configuration() {
        return LinearConfig.class;
    }

    @Override
    public String description() {
        return "A linear probe: one layer on levels that are resized to the finest, after batch normalization.";
    }

    @Override
    public Head create(LinearConfig configuration, HeadContext context) {
        return new LinearHead(
                new Layers(context.weights(), context.kernels()), configuration, context.levels(), context.outputs());
    }
}
