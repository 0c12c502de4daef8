package io.iedp.pretraining.objective;

import io.iedp.backbone.VaeConfig;
import io.iedp.backbone.VaeDecoder;
import io.iedp.backbone.VaeEncoder;
import io.iedp.nn.Layers;

/** Both halves of diffusers' AutoencoderKL. */
public record Autoencoder(VaeEncoder encoder, VaeDecoder decoder) {
    public Autoencoder(Layers layers, VaeConfig config) {
        this(new VaeEncoder(layers, config), new VaeDecoder(layers, config));
    }
}
