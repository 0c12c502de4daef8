package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionMap;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import java.util.List;

/** Features of a small backbone, and heads on them. */
record TestLevels(Kernels kernels, Weights weights, long seed, List<FeatureLevel> levels, int tokens, int outputs)
        implements HeadContext {
    static final List<FeatureLevel> SMALL = List.of(
            new FeatureLevel(8, 8), new FeatureLevel(12, 16), new FeatureLevel(16, 32), new FeatureLevel(20, 64));

    static final int TOKENS = 5;

    /** As VPD has it. */
    static final AttentionConfig ATTENTION =
            new AttentionConfig(List.of(16, 32), List.of(AttentionRequest.Part.UP, AttentionRequest.Part.DOWN));

    /** The heads with small sizes, all that can with attention maps. */
    enum Kind {
        SEMANTIC_FPN,
        UPERNET,
        DEPTH_DECODER,
        LINEAR,
        REFERRING_DECODER;

        Head create(HeadContext context) {
            return switch (this) {
                case SEMANTIC_FPN -> new SemanticFpnFactory().create(new SemanticFpnConfig(8, 0, ATTENTION), context);
                case UPERNET -> {
                    UperNetConfig.Auxiliary auxiliary = new UperNetConfig.Auxiliary(0.4, 2, 6, 2, 0);
                    yield new UperNetFactory()
                            .create(new UperNetConfig(8, List.of(1, 2, 3, 6), 0, ATTENTION, auxiliary), context);
                }
                case DEPTH_DECODER ->
                    new DepthDecoderFactory().create(new DepthDecoderConfig(16, List.of(6, 5, 4), 2, 6, 4), context);
                case LINEAR -> new LinearFactory().create(new LinearConfig(LinearConfig.Levels.ALL, true), context);
                case REFERRING_DECODER ->
                    new ReferringDecoderFactory().create(new ReferringDecoderConfig(8, ATTENTION), context);
            };
        }
    }

    /**
     * Random features with maps of all strides from both parts.
     *
     * @param height and {@code width}: of the finest level, halved and rounded up for each coarser one
     */
    static Features features(NDManager manager, List<FeatureLevel> levels, int batch, int height, int width) {
        NDArray[] arrays = new NDArray[levels.size()];
        AttentionMap[] maps = new AttentionMap[2 * levels.size()];
        for (int i = 0; i < arrays.length; i++) {
            int rows = halved(height, i);
            int columns = halved(width, i);
            FeatureLevel level = levels.get(i);
            arrays[i] = manager.randomNormal(new Shape(batch, level.channels(), rows, columns));
            for (int part = 0; part < 2; part++) {
                maps[2 * i + part] = new AttentionMap(
                        part == 0 ? AttentionRequest.Part.DOWN : AttentionRequest.Part.UP,
                        level.stride(),
                        manager.randomNormal(new Shape(batch, TOKENS, rows, columns))
                                .softmax(1));
            }
        }
        return new Features(List.of(arrays), List.of(maps));
    }

    private static int halved(int length, int times) {
        return length + (1 << times) - 1 >> times;
    }

    static String message(Runnable action) {
        try {
            action.run();
        } catch (UserException e) {
            return e.getMessage();
        }
        throw new AssertionError("nothing was refused");
    }
}
