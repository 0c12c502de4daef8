package io.iedp.heads;

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import io.iedp.nn.Layers;

/** Makes the head {@code referring-decoder}. */
final class ReferringDecoderFactory implements HeadFactory<ReferringDecoderConfig> {
    @Override
    public String type() {
        return "referring-decoder";
    }

    @Override
    public Class<ReferringDecoderConfig> configuration() {
        return ReferringDecoderConfig.class;
    }

    @Override
    public String description() {
        return "Levels joined from coarse to fine, logits at the size of the picture, as VPD segments what a sentence refers to.";
    }

    @Override
    public Head create(ReferringDecoderConfig configuration, HeadContext context) {
        return new ReferringDecoder(
                new Layers(context.weights(), context.kernels()),
                configuration,
                context.levels(),
                context.tokens(),
                context.outputs());
    }
}
