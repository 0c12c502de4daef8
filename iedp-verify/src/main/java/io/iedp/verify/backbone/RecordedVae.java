package io.iedp.verify.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.WeightSource;
import io.iedp.backbone.VaeConfig;
import io.iedp.backbone.VaeDecoder;
import io.iedp.backbone.VaeEncoder;
import io.iedp.nn.Layers;
import io.iedp.nn.Slices;
import io.iedp.verify.RecordedCase;

/** A whole autoencoder, for recorded cases. */
record RecordedVae(VaeEncoder encoder, VaeDecoder decoder, VaeConfig config) {
    private RecordedVae(Layers layers, VaeConfig config) {
        this(new VaeEncoder(layers, config), new VaeDecoder(layers, config), config);
    }

    static RecordedVae load(RecordedCase recorded, WeightSource source, VaeConfig config) {
        return RecordedUnet.load(recorded, source, config, RecordedVae::new);
    }

    /** The logarithm of the variance, kept within the bounds of the original. */
    NDArray logVariance(NDArray moments) {
        return Slices.channels(moments, config.latentChannels(), 2L * config.latentChannels())
                .clip(-30, 20);
    }
}
