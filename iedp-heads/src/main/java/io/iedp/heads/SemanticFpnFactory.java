package io.iedp.heads;

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import io.iedp.nn.Layers;

/** Makes the head {@code semantic-fpn}. */
final class SemanticFpnFactory implements HeadFactory<SemanticFpnConfig> {
    static final String TYPE = "semantic-fpn";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<SemanticFpnConfig> configuration() {
        return SemanticFpnConfig.class;
    }

    @Override
    public String description() {
        return "Feature pyramid, each level upsampled to the finest, summed, one layer on top (Kirillov et al., 2019).";
    }

    @Override
    public Head create(SemanticFpnConfig configuration, HeadContext context) {
        return new SemanticFpn(
                new Layers(context.weights(), context.kernels()),
                configuration,
                context.levels(),
                context.tokens(),
                context.outputs());
    }
}
