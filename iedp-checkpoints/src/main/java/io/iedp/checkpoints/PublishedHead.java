package io.iedp.checkpoints;

import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The heads of VPD and of those who build on it: their names in a checkpoint, and what the shapes there say of them. */
public enum PublishedHead {
    /** mmsegmentation's FPN and FPNHead. */
    SEMANTIC_FPN("decode_head.conv_seg.weight") {
        @Override
        public Optional<String> rename(String name) {
            if (name.startsWith("neck.")) {
                return Optional.of("head." + name);
            }
            return name.startsWith("decode_head.") ? Optional.of(name.replaceFirst("decode_", "")) : Optional.empty();
        }

        @Override
        public List<String> settings(WeightSource file, Levels levels) {
            return List.of(
                    "head.type=semantic-fpn",
                    "head.channels=" + size(file, mark(), 1),
                    "head.attention.strides=" + strides(file, levels));
        }

        @Override
        IntStream taking(Levels levels) {
            return IntStream.range(0, levels.channels().size());
        }

        @Override
        int maps(WeightSource file, Levels levels, int level) {
            return size(file, "neck.lateral_convs.%s.conv.weight".formatted(level), 1)
                    - levels.channels().get(level);
        }
    },

    /** VPD's decoder of depth, with the layers that join the levels. */
    DEPTH_DECODER("encoder.out_layer.0.weight") {
        @Override
        public Optional<String> rename(String name) {
            return name.matches("(encoder\\.(layer\\d|out_layer)|decoder|last_layer_depth)\\..*")
                    ? Optional.of("head." + name)
                    : Optional.empty();
        }

        @Override
        public List<String> settings(WeightSource file, Levels levels) {
            List<Integer> filters = new ArrayList<>();
            while (file.shape(deconvolution(filters.size())).isPresent()) {
                filters.add(size(file, deconvolution(filters.size()), 1));
            }
            return List.of(
                    "head.type=depth-decoder",
                    "head.channels=" + size(file, mark(), 0),
                    "head.filters=" + filters,
                    "head.kernel=" + size(file, deconvolution(0), 2),
                    "head.output-channels=" + size(file, "decoder.conv_layers.0.weight", 0));
        }

        @Override
        IntStream taking(Levels levels) {
            return IntStream.empty();
        }

        @Override
        int maps(WeightSource file, Levels levels, int level) {
            return 0;
        }

        /** Between two transposed convolutions, the original's list has a norm and ReLU. */
        private String deconvolution(int i) {
            return "decoder.deconv_layers.%s.weight".formatted(3 * i);
        }
    },

    /** The SimpleDecoding of LAVT (Yang et al., 2022), from which VPD has it. */
    REFERRING_DECODER("classifier.conv1_1.weight") {
        @Override
        public Optional<String> rename(String name) {
            return name.startsWith("classifier.")
                    ? Optional.of(name.replaceFirst("classifier", "head"))
                    : Optional.empty();
        }

        @Override
        public List<String> settings(WeightSource file, Levels levels) {
            return List.of(
                    "head.type=referring-decoder",
                    "head.channels=" + size(file, mark(), 1),
                    "head.attention.strides=" + strides(file, levels));
        }

        /** All levels but the coarsest, which the first convolution takes besides the next one. */
        @Override
        IntStream taking(Levels levels) {
            return IntStream.range(0, levels.channels().size() - 1);
        }

        @Override
        int maps(WeightSource file, Levels levels, int level) {
            boolean first = level == levels.channels().size() - 2;
            int before = first ? levels.channels().get(level + 1) : size(file, mark(), 1);
            return size(file, "classifier.conv1_%s.weight".formatted(level + 2), 1)
                    - before
                    - levels.channels().get(level);
        }
    };

    /** A count that PyTorch's batch normalizations keep and that nothing here depends on. */
    public static final String COUNT = "num_batches_tracked";

    private final String mark;

    PublishedHead(String mark) {
        this.mark = mark;
    }

    /**
     * The levels that a head gets.
     *
     * @param channels fine to coarse
     * @param finest stride of the first, in pixels
     */
    public record Levels(List<Integer> channels, int finest) {
        public Levels {
            channels = List.copyOf(channels);
        }

        int stride(int level) {
            return finest << level;
        }
    }

    /** The name of an array that only such heads have. */
    public String mark() {
        return mark;
    }

    /** The name that an array of the head has here; none if it is not one of the head. */
    public abstract Optional<String> rename(String name);

    /**
     * What the shapes say of the head, as settings of an experiment.
     *
     * @throws UserException if an array is missing
     */
    public abstract List<String> settings(WeightSource file, Levels levels);

    /** The levels behind whose channels it may take attention maps. */
    abstract IntStream taking(Levels levels);

    /** How many attention maps it takes behind the channels of a level. */
    abstract int maps(WeightSource file, Levels levels, int level);

    final List<Integer> strides(WeightSource file, Levels levels) {
        return taking(levels)
                .filter(level -> maps(file, levels, level) > 0)
                .mapToObj(levels::stride)
                .toList();
    }

    /** How many tokens of guidance have their attention maps behind the levels; none if it takes no maps. */
    final OptionalInt tokens(WeightSource file, Levels levels) {
        return taking(levels)
                .map(level -> maps(file, levels, level))
                .filter(maps -> maps > 0)
                .findFirst();
    }

    static int size(WeightSource file, String name, int axis) {
        return file.shape(name)
                .filter(shape -> shape.dimension() > axis)
                .map(shape -> Math.toIntExact(shape.get(axis)))
                .orElseThrow(() -> new UserException(
                        "%s lacks '%s', which such a checkpoint has".formatted(file.description(), name)));
    }
}
