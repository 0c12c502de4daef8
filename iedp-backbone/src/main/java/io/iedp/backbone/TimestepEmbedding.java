package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;

/** Timesteps as vectors: cosines and sines of falling frequency, then two linear layers. */
public final class TimestepEmbedding {
    private static final double LONGEST_PERIOD = 10_000;

    private final Layers layers;
    private final Linear first;
    private final Linear second;
    private final int channels;
    private final UnetConfig.Waves waves;

    TimestepEmbedding(Layers layers, UnetConfig config) {
        this.layers = layers;
        this.channels = config.channels().get(0);
        this.waves = config.waves();
        this.first = layers.linear("linear_1", channels, config.timeWidth());
        this.second = layers.linear("linear_2", config.timeWidth(), config.timeWidth());
    }

    /**
     * @return (timesteps, 4 * channels)
     */
    public NDArray apply(NDManager manager, double... timesteps) {
        return Scopes.keep(
                () -> second.apply(layers.kernels().silu(first.apply(sinusoids(manager, timesteps, channels, waves)))));
    }

    /**
     * {@code [cos(t f_0) .. cos(t f_n), sin(t f_0) .. sin(t f_n)]} with {@code f_i = 10000^(-i / (n - shift))},
     * or sines first.
     *
     * @return (timesteps, channels)
     */
    static NDArray sinusoids(NDManager manager, double[] timesteps, int channels, UnetConfig.Waves waves) {
        return Scopes.keep(() -> {
            int half = channels / 2;
            // Every step as the original has it, in 32 bits: an angle is up to 1000, so each rounding tells.
            NDArray frequencies = manager.arange(0f, half, 1f)
                    .mul(-Math.log(LONGEST_PERIOD))
                    .div(half - waves.shift())
                    .exp();
            NDArray times =
                    manager.create(timesteps, new Shape(timesteps.length, 1)).toType(frequencies.getDataType(), false);
            NDArray angles = times.mul(frequencies);
            NDList parts = waves.cosineFirst()
                    ? new NDList(angles.cos(), angles.sin())
                    : new NDList(angles.sin(), angles.cos());
            if (channels % 2 == 1) {
                parts.add(manager.zeros(times.getShape()));
            }
            return NDArrays.concat(parts, 1);
        });
    }
}
