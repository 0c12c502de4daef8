package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.data.Batch;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Implicit guidance (IEDP, section 3.2): a frozen CLIP image encoder, a projector, and learnable queries that
 * gather from its tokens what the backbone should look for. It needs no ground truth.
 */
final class ClipImage implements GuidanceBranch {
    private final ClipImageConfig config;
    private final ClipVision vision;
    private final ClipPixels pixels;
    private final Layers layers;
    private final Linear project;
    private final Linear refine;
    private final NDArray queries;
    private final List<QueryBlock> blocks;

    ClipImage(ClipImageConfig config, ClipVision vision, ClipPixels pixels, Layers layers, int width) {
        this.config = config;
        this.vision = vision;
        this.pixels = pixels;
        this.layers = layers;
        int between = config.projector().orElse(width);
        project = layers.linear("projector.0", vision.config().transformer().width(), between);
        refine = layers.linear("projector.2", between, width);
        queries = layers.parameter(
                "queries", new Shape(config.queries(), width), new NormalInitializer((float) config.spread()));
        blocks = IntStream.range(0, config.blocks())
                .mapToObj(i -> new QueryBlock(layers.at("blocks." + i), width, config.heads(), config.widening()))
                .toList();
    }

    @Override
    public Use use() {
        return config.use().use();
    }

    @Override
    public double lossWeight() {
        return config.weight();
    }

    @Override
    public int tokens() {
        return config.queries();
    }

    /** The image encoder's tokens, (B, N, its width). */
    @Override
    public NDList encode(Batch batch) {
        return Scopes.keepAll(() -> {
            NDArray tokens = vision.encode(pixels.apply(batch.pixels()));
            return new NDList(
                    switch (config.tokens()) {
                        case ALL -> tokens;
                        case PATCH -> tokens.get(":, 1:");
                        case CLS -> tokens.get(":, :1");
                    });
        });
    }

    @Override
    public NDArray embed(NDList encoded) {
        return Scopes.keep(() -> {
            NDArray tokens = encoded.head();
            NDArray features = refine.apply(layers.kernels().gelu(project.apply(tokens)));
            Shape shape = queries.getShape();
            NDArray x = tokens.getManager()
                    .zeros(new Shape(tokens.getShape().get(0), shape.get(0), shape.get(1)))
                    .add(queries);
            for (QueryBlock block : blocks) {
                x = block.apply(x, features);
            }
            return x;
        });
    }
}
