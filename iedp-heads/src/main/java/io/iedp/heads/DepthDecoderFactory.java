package io.iedp.heads;

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import io.iedp.nn.Layers;

/** Makes the head {@code depth-decoder}. */
final class DepthDecoderFactory implements HeadFactory<DepthDecoderConfig> {
    static final String TYPE = "depth-decoder";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<DepthDecoderConfig> configuration() {
        return DepthDecoderConfig.class;
    }

    @Override
    public String description() {
        return "Levels joined at the coarsest but one, transposed convolutions up to the size of the picture, as VPD estimates depth.";
    }

    @Override
    public Head create(DepthDecoderConfig configuration, HeadContext context) {
        return new DepthDecoder(
                new Layers(context.weights(), context.kernels()), configuration, context.levels(), context.outputs());
    }
}
