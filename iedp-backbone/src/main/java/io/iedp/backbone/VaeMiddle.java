package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Attention;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;

/** The middle of the VAE's encoder and decoder: a single head of attention between two residual blocks. */
final class VaeMiddle {
    private final ResnetBlock first;
    private final GroupNorm norm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear out;
    private final Attention attention;
    private final ResnetBlock second;

    VaeMiddle(Layers layers, int width, int groups, double epsilon) {
        first = new ResnetBlock(layers.at("resnets.0"), width, width, 0, groups, epsilon);
        Layers attending = layers.at("attentions.0");
        norm = attending.groupNorm("group_norm", groups, width, epsilon);
        query = attending.linear("to_q", width, width);
        key = attending.linear("to_k", width, width);
        value = attending.linear("to_v", width, width);
        out = attending.linear("to_out.0", width, width);
        attention = new Attention(layers.kernels(), 1);
        second = new ResnetBlock(layers.at("resnets.1"), width, width, 0, groups, epsilon);
    }

    /** (B, width, h, w) to the same shape. */
    NDArray apply(NDArray x) {
        return Scopes.keep(() -> second.apply(attend(first.apply(x))));
    }

    private NDArray attend(NDArray x) {
        return Scopes.keep(() -> {
            Shape shape = x.getShape();
            NDArray cells =
                    norm.apply(x).reshape(shape.get(0), shape.get(1), -1).transpose(0, 2, 1);
            NDArray mixed = out.apply(attention.apply(query.apply(cells), key.apply(cells), value.apply(cells), false));
            return mixed.transpose(0, 2, 1).reshape(shape).add(x);
        });
    }
}
