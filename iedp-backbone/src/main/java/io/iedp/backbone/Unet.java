package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import io.iedp.nn.StochasticDepth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stable Diffusion's UNet (Rombach et al., 2022), with the parameter names of diffusers'
 * UNet2DConditionModel.
 */
public final class Unet {
    private final Layers layers;
    private final TimestepEmbedding time;
    private final Conv2d in;
    private final List<Level> down = new ArrayList<>();
    private final ResnetBlock midFirst;
    private final SpatialTransformer midAttention;
    private final ResnetBlock midSecond;
    private final List<Level> up = new ArrayList<>();
    private final List<Integer> taps;
    private final boolean checkpointing;
    private final StochasticDepth depth;

    /** A residual block and its transformer, at some place of the UNet. */
    @FunctionalInterface
    private interface Block {
        NDArray apply(NDList inputs, Given given);
    }

    /**
     * What a block takes besides its inputs.
     *
     * @param embedding of the timestep
     * @param weights takes the weights of the cross-attention, if wanted
     * @param depth the factor of the transformer's residual, if it has one
     */
    private record Given(
            NDArray embedding, NDArray context, Optional<Consumer<NDArray>> weights, Optional<NDArray> depth) {
        NDArray attend(SpatialTransformer transformer, NDArray x) {
            return transformer.apply(x, context, weights, depth);
        }
    }

    /** One level: residual blocks, each with its transformer if the level has them, and a change of size. */
    private record Level(List<ResnetBlock> blocks, List<SpatialTransformer> attention, Optional<Conv2d> resize) {
        NDArray block(int layer, NDArray x, Given given) {
            NDArray hidden = blocks.get(layer).apply(x, given.embedding);
            return attention.isEmpty() ? hidden : given.attend(attention.get(layer), hidden);
        }
    }

    /**
     * @param taps the blocks of the way up whose states are the features, counted from the coarsest
     */
    public Unet(Layers layers, UnetConfig config, List<Integer> taps) {
        this(layers, config, taps, false, StochasticDepth.NONE);
    }

    /**
     * @param taps the blocks of the way up whose states are the features, counted from the coarsest
     * @param checkpointing whether the insides of blocks are computed again on the way back instead of kept
     * @param depth of the transformers
     */
    public Unet(Layers layers, UnetConfig config, List<Integer> taps, boolean checkpointing, StochasticDepth depth) {
        this.layers = layers;
        this.checkpointing = checkpointing;
        this.depth = depth;
        this.taps = List.copyOf(taps);
        List<Integer> channels = config.channels();
        int levels = config.levels();
        in = layers.conv2d("conv_in", config.inChannels(), channels.get(0), 3, 1, 1);
        time = new TimestepEmbedding(layers.at("time_embedding"), config);
        Deque<Integer> skips = new ArrayDeque<>(List.of(channels.get(0)));
        int width = channels.get(0);
        for (int level = 0; level < levels; level++) {
            List<Integer> inputs = new ArrayList<>();
            for (int i = 0; i < config.layers(); i++) {
                inputs.add(i == 0 ? width : channels.get(level));
                skips.push(channels.get(level));
            }
            width = channels.get(level);
            boolean last = level == levels - 1;
            down.add(level(layers.at("down_blocks." + level), config, level, inputs, last, "downsamplers.0.conv", 2));
            if (!last) {
                skips.push(width);
            }
        }
        midFirst = resnet(layers.at("mid_block.resnets.0"), width, width, config);
        midAttention = new SpatialTransformer(
                layers.at("mid_block.attentions.0"), width, config.heads().get(levels - 1), config);
        midSecond = resnet(layers.at("mid_block.resnets.1"), width, width, config);
        for (int level = levels - 1; level >= 0; level--) {
            List<Integer> inputs = new ArrayList<>();
            for (int i = 0; i <= config.layers(); i++) {
                inputs.add((i == 0 ? width : channels.get(level)) + skips.pop());
            }
            width = channels.get(level);
            Layers own = layers.at("up_blocks." + (levels - 1 - level));
            up.add(level(own, config, level, inputs, level == 0, "upsamplers.0.conv", 1));
        }
    }

    private static Level level(
            Layers layers,
            UnetConfig config,
            int level,
            List<Integer> inputs,
            boolean last,
            String resize,
            int stride) {
        int width = config.channels().get(level);
        List<ResnetBlock> blocks = new ArrayList<>();
        List<SpatialTransformer> attention = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            blocks.add(resnet(layers.at("resnets." + i), inputs.get(i), width, config));
            if (config.attention().get(level)) {
                attention.add(new SpatialTransformer(
                        layers.at("attentions." + i), width, config.heads().get(level), config));
            }
        }
        return new Level(
                blocks,
                attention,
                last ? Optional.empty() : Optional.of(layers.conv2d(resize, width, width, 3, stride, 1)));
    }

    private static ResnetBlock resnet(Layers layers, int in, int out, UnetConfig config) {
        return new ResnetBlock(layers, in, out, config.timeWidth(), config.groups(), config.epsilon());
    }

    /**
     * The states after the tapped blocks of the way up, coarse to fine.
     *
     * @param latents (B, C, h, w), both edges multiples of 2 to the power of the levels less one
     * @param timesteps one of each sample, or one for all
     * @param guidance (B, T, contextWidth)
     * @param trace takes what else is wanted of the pass
     */
    public NDList features(NDArray latents, double[] timesteps, NDArray guidance, Trace trace) {
        return Scopes.keepAll(() -> {
            NDArray context = shared(guidance);
            NDArray embedding = shared(time.apply(latents.getManager(), timesteps));
            Deque<NDArray> skips = new ArrayDeque<>();
            NDArray x = shared(in.apply(latents));
            skips.push(x);
            for (int block = 0; block < down.size(); block++) {
                Level level = down.get(block);
                for (int i = 0; i < level.blocks().size(); i++) {
                    int layer = i;
                    x = run(
                            new Trace.Place(Part.DOWN, block, i),
                            (in, given) -> level.block(layer, in.head(), given),
                            trace,
                            embedding,
                            context,
                            x);
                    skips.push(x);
                }
                if (level.resize().isPresent()) {
                    x = shared(level.resize().get().apply(x));
                    skips.push(x);
                }
                trace.state(Trace.Place.end(Part.DOWN, block), x);
            }
            x = run(
                    new Trace.Place(Part.MID, 0, 0),
                    (in, given) -> midSecond.apply(
                            given.attend(midAttention, midFirst.apply(in.head(), given.embedding)), given.embedding),
                    trace,
                    embedding,
                    context,
                    x);
            trace.state(Trace.Place.end(Part.MID, 0), x);
            NDList features = new NDList();
            for (int block = 0; block < up.size(); block++) {
                Level level = up.get(block);
                for (int i = 0; i < level.blocks().size(); i++) {
                    int layer = i;
                    x = run(
                            new Trace.Place(Part.UP, block, i),
                            (in, given) -> {
                                // A recording keeps what it needs; without one, the joined input is garbage soon.
                                try (NDArray joined = NDArrays.concat(in, 1)) {
                                    return level.block(layer, joined, given);
                                }
                            },
                            trace,
                            embedding,
                            context,
                            x,
                            skips.pop());
                    if (i == level.blocks().size() - 1 && level.resize().isPresent()) {
                        x = shared(level.resize().get().apply(layers.kernels().upsampleNearest(x, 2)));
                    }
                    if (taps.contains(block * level.blocks().size() + i)) {
                        features.add(x);
                    }
                }
                trace.state(Trace.Place.end(Part.UP, block), x);
            }
            return features;
        });
    }

    private NDArray run(
            Trace.Place place, Block block, Trace trace, NDArray embedding, NDArray context, NDArray... inputs) {
        Optional<NDArray> drawn = depth.draw(inputs[0]);
        NDArray out = checkpointing
                ? runAgainLater(place, block, trace, drawn, embedding, context, inputs)
                : block.apply(new NDList(inputs), new Given(embedding, context, trace.weights(place), drawn));
        trace.state(place, out);
        return out;
    }

    private static NDArray runAgainLater(
            Trace.Place place,
            Block block,
            Trace trace,
            Optional<NDArray> drawn,
            NDArray embedding,
            NDArray context,
            NDArray... inputs) {
        NDList all = new NDList(inputs);
        all.add(embedding);
        all.add(context);
        // The draw lives as long as the block's inputs do only if it is one of them.
        drawn.ifPresent(all::add);
        return Gradients.checkpoint(
                in -> block.apply(
                        new NDList(in.subList(0, inputs.length)),
                        new Given(
                                in.get(inputs.length),
                                in.get(inputs.length + 1),
                                trace.weights(place),
                                drawn.map(same -> in.get(inputs.length + 2)))),
                all.toArray(NDArray[]::new));
    }

    /** What several blocks take. */
    private NDArray shared(NDArray x) {
        return checkpointing ? Gradients.cut(x) : x;
    }

    /** What makes vectors of timesteps. */
    public TimestepEmbedding time() {
        return time;
    }

    /** The output layers, which predict the noise; feature extraction has no use for them. */
    public static final class NoiseOutput {
        private final GroupNorm norm;
        private final Conv2d conv;

        /** Named as in diffusers: conv_norm_out and conv_out. */
        public NoiseOutput(Layers layers, UnetConfig config) {
            int width = config.channels().get(0);
            norm = layers.groupNorm("conv_norm_out", config.groups(), width, config.epsilon());
            conv = layers.conv2d("conv_out", width, config.outChannels(), 3, 1, 1);
        }

        /**
         * @param finest the state after the UNet's last block
         */
        public NDArray apply(NDArray finest) {
            return Scopes.keep(() -> conv.apply(norm.applySilu(finest)));
        }
    }
}
