package io.iedp.heads;

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import io.iedp.nn.Layers;

/** Makes the head {@code upernet}. */
final class UperNetFactory implements HeadFactory<UperNetConfig> {
    @Override
    public String type() {
        return "upernet";
    }

    @Override
    public Class<UperNetConfig> configuration() {
        return UperNetConfig.class;
    }

    @Override
    public String description() {
        return "Pyramid pooling, feature pyramid, all levels joined at the finest; a second head in training (Xiao et al., 2018).";
    }

    @Override
    public Head create(UperNetConfig configuration, HeadContext context) {
        return new UperNet(
                new Layers(context.weights(), context.kernels()),
                configuration,
                context.levels(),
                context.tokens(),
                context.outputs());
    }
}
