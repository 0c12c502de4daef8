package io.iedp.heads;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;

/** The values that weights of convolutions have before training, as mmcv and VPD set them. */
final class Initial {
    /** Of layers that give the outputs: near zero. */
    static final Initializer OUTPUT = new NormalInitializer(0.01f);

    /** Of layers that join features, in VPD's depth decoder. */
    static final Initializer JOINING = new NormalInitializer(0.02f);

    /** Of all layers after those, there. */
    static final Initializer DEPTH = new NormalInitializer(0.001f);

    private Initial() {}

    /** Normal, of variance {@code 2 / fan-out}, for a layer before ReLU (He et al., 2015). */
    static Initializer kaiming(int out, int kernel) {
        return new NormalInitializer((float) Math.sqrt(2.0 / (out * kernel * kernel)));
    }

    /** Uniform, of variance {@code 2 / (fan-in + fan-out)} (Glorot and Bengio, 2010). */
    static Initializer xavier(int in, int out, int kernel) {
        return new UniformInitializer((float) Math.sqrt(6.0 / ((in + out) * kernel * kernel)));
    }
}
