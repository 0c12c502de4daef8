package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.verify.RecordedCase;
import io.iedp.nn.Layers;
import io.iedp.nn.Slices;

/** A whole autoencoder, for recorded cases. */
record RecordedVae(VaeEncoder encoder, VaeDecoder decoder, VaeConfig config) {
    private RecordedVae(Layers layers, VaeConfig config) {
        this(new VaeEncoder(layers, config), new VaeDecoder(layers, config), config);
    }

    static RecordedVae load(RecordedCase recorded, WeightSource source, VaeConfig config) {
        return RecordedUnet.load(recorded, source, config, RecordedVae::new);
    }

    NDArray mean(NDArray moments) {
        return Slices.channels(moments, 0, config.latentChannels());
    }

    /** The logarithm of the variance, kept within the bounds of the original. */
    NDArray logVariance(NDArray moments) {
        return Slices.channels(moments, config.latentChannels(), 2L * config.latentChannels())
                .clip(-30, 20);
    }
}
