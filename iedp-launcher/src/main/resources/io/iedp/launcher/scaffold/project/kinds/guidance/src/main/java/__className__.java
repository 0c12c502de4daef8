package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.data.Batch;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.nn.Kernels;

/** Learned tokens, shifted by the mean colour of the picture. */
final class ${className} implements GuidanceBranch {
    private final Kernels kernels;
    private final int tokens;
    private final int width;
    private final NDArray weight; // (tokens * width, 3)
    private final NDArray bias; // (tokens * width)

    ${className}(${className}Config configuration, GuidanceContext context) {
        kernels = context.kernels();
        tokens = configuration.tokens();
        width = context.contextWidth();
        long size = (long) tokens * width;
        Initializer normal = new NormalInitializer(0.02f);
        weight = context.weights().parameter("weight", new Shape(size, 3), normal);
        bias = context.weights().parameter("bias", new Shape(size), normal);
    }

    @Override
    public Use use() {
        return Use.ALWAYS;
    }

    @Override
    public double lossWeight() {
        return 1;
    }

    @Override
    public int tokens() {
        return tokens;
    }

    /** The mean colour (B, 3): it never trains, so the host may keep it. */
    @Override
    public NDList encode(Batch batch) {
        return new NDList(batch.pixels().mean(new int[] {3}).mean(new int[] {2}));
    }

    @Override
    public NDArray embed(NDList encoded) {
        return kernels.linear(encoded.head(), weight, bias).reshape(new Shape(-1, tokens, width));
    }
}
