package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;

/** A timestep as a vector: cosines and sines of falling frequency, then two linear layers. */
final class TimestepEmbedding {
    private static final double LONGEST_PERIOD = 10_000;

    private final Layers layers;
    private final Linear first;
    private final Linear second;
    private final int channels;

    TimestepEmbedding(Layers layers, int channels) {
        this.layers = layers;
        this.channels = channels;
        this.first = layers.linear("linear_1", channels, 4 * channels);
        this.second = layers.linear("linear_2", 4 * channels, 4 * channels);
    }

    /**
     * @return (1, 4 * channels)
     */
    NDArray apply(NDManager manager, double timestep) {
        NDArray waves = manager.create(sinusoid(timestep, channels), new Shape(1, channels));
        return second.apply(layers.kernels().silu(first.apply(waves)));
    }

    /** {@code [cos(t f_0) .. cos(t f_n), sin(t f_0) .. sin(t f_n)]} with {@code f_i = 10000^(-i / n)}. */
    static float[] sinusoid(double timestep, int channels) {
        int half = channels / 2;
        float[] waves = new float[channels];
        for (int i = 0; i < half; i++) {
            // The original computes in 32 bits.
            float frequency = (float) Math.exp((float) (-Math.log(LONGEST_PERIOD) * i / half));
            float angle = (float) timestep * frequency;
            waves[i] = (float) Math.cos(angle);
            waves[half + i] = (float) Math.sin(angle);
        }
        return waves;
    }
}
