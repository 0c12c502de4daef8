package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.nn.Conv2d;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;
import java.util.Optional;

/** Two normalized convolutions around an identity; the UNet's also take the timestep. */
final class ResnetBlock {
    private final Layers layers;
    private final GroupNorm norm1;
    private final Conv2d conv1;
    private final Optional<Linear> time;
    private final GroupNorm norm2;
    private final Conv2d conv2;
    private final Optional<Conv2d> shortcut;

    /**
     * @param timeWidth width of the timestep embedding, or 0 for a block without one
     */
    ResnetBlock(Layers layers, int in, int out, int timeWidth, int groups, double epsilon) {
        this.layers = layers;
        norm1 = layers.groupNorm("norm1", groups, in, epsilon);
        conv1 = layers.conv2d("conv1", in, out, 3, 1, 1);
        time = timeWidth == 0 ? Optional.empty() : Optional.of(layers.linear("time_emb_proj", timeWidth, out));
        norm2 = layers.groupNorm("norm2", groups, out, epsilon);
        conv2 = layers.conv2d("conv2", out, out, 3, 1, 1);
        shortcut = in == out ? Optional.empty() : Optional.of(layers.conv2d("conv_shortcut", in, out, 1, 1, 0));
    }

    /** (B, in, H, W) to (B, out, H, W). */
    NDArray apply(NDArray x) {
        return Scopes.keep(() -> finish(x, conv1.apply(norm1.applySilu(x))));
    }

    /**
     * @param embedding (B, timeWidth), or (1, timeWidth) for all
     */
    NDArray apply(NDArray x, NDArray embedding) {
        return Scopes.keep(() -> {
            NDArray shift = time.orElseThrow().apply(layers.kernels().silu(embedding));
            return finish(
                    x,
                    conv1.apply(norm1.applySilu(x))
                            .add(shift.reshape(shift.getShape().get(0), -1, 1, 1)));
        });
    }

    private NDArray finish(NDArray x, NDArray hidden) {
        NDArray identity = shortcut.map(conv -> conv.apply(x)).orElse(x);
        return conv2.apply(norm2.applySilu(hidden)).add(identity);
    }
}
