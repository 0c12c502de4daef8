package io.iedp.config;

import io.iedp.api.ComponentFactory;
import io.iedp.api.config.Chosen;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.task.TaskContext;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Components that exist for experiment files alone, so that messages do not change with what is installed. */
final class Parts {
    private Parts() {}

    static Catalog catalog() {
        return new Catalog(List.of(
                part(Kind.BACKBONE, "unet", Unet.class),
                part(Kind.GUIDANCE, "image", Image.class),
                part(Kind.GUIDANCE, "labels", Labels.class),
                part(Kind.HEAD, "linear", Linear.class),
                part(Kind.HEAD, "mlp", Mlp.class),
                part(Kind.TASK, "segment", Segment.class),
                part(Kind.LOSS, "cross-entropy", Entropy.class),
                part(Kind.LOSS, "lovasz", Lovasz.class),
                part(Kind.OBJECTIVE, "denoise", Denoise.class),
                part(Kind.DATASET, "pictures", Pictures.class),
                part(Kind.TRANSFORM, "flip", Flip.class),
                part(Kind.TRANSFORM, "crop", Crop.class),
                part(Kind.OPTIMIZER, "adamw", Adam.class),
                part(Kind.OPTIMIZER, "sgd", Sgd.class),
                part(Kind.SCHEDULE, "poly", Poly.class),
                part(Kind.SCHEDULE, "cosine", Cosine.class)));
    }

    private static <C extends Record> Installed part(Kind kind, String type, Class<C> configuration) {
        return new Installed(kind, new Part<>(type, configuration, "For tests."), "Parts", "test");
    }

    private record Part<C extends Record>(String type, Class<C> configuration, String description)
            implements ComponentFactory<C, Object, Object> {
        @Override
        public Object create(C configured, Object context) {
            throw new AssertionError("Reading a file must make nothing");
        }
    }

    enum Train {
        UNET,
        ALL,
        NONE
    }

    record Unet(
            @Doc("A folder of weights.") Optional<Path> weights,

            @Doc("What is trained.") @Default("unet") Train train,

            @Doc("Channels a level.") @Default("[8, 16]") @NotEmpty @Range(min = 1, max = 1024)
            List<Integer> channels,

            @Doc("Share of dropped values.") @Default("0.1") @Range(min = 0, max = 1)
            double dropout,

            @Doc("Sizes.") @Default("{}") Sizes sizes) {}

    record Sizes(
            @Doc("Width of a token.") @Default("8") int width,

            @Doc("Attention heads.") @Default("4") int heads) {
        Sizes {
            if (width % heads != 0) {
                throw new IllegalArgumentException("width is %s, which %s heads cannot share".formatted(width, heads));
            }
        }
    }

    record Image(
            @Doc("Learnable queries.") @Default("77") @Range(min = 1, max = 4096)
            int queries) {}

    record Labels(
            @Doc("The prompt.") @Default("a photo of {labels}") @NotEmpty
            String template,

            @Doc("Factor of the loss.") @Default("1") @Range(min = 0, max = 1e6)
            double weight) {}

    record Linear(
            @Doc("Channels.") @Default("16") @Range(min = 1, max = 1024)
            int channels) {}

    record Mlp(
            @Doc("Layers.") @Default("2") @Range(min = 1, max = 64)
            int layers) {}

    record Denoise(@Doc("Share of noise.") @Default("0.5") double noise) {}

    record Segment(
            @Doc("Whether borders count.") @Default("true") boolean borders,

            @Doc("What is learned.") @Default("[]") List<Chosen<TaskContext, PixelLoss>> loss) {}

    record Entropy(
            @Doc("Its factor.") @Default("1") @Range(min = 0, max = 10)
            double weight) {}

    record Poly(
            @Doc("The power.") @Default("1") @Range(min = 0, max = 10)
            double power) {}

    record Cosine() {}

    record Lovasz(
            @Doc("Whether by picture.") @Default("false") boolean perImage) {}

    record Pictures(
            @Doc("The folder.") Path root,

            @Doc("The part.") @Default("all") String split,

            @Doc("Names of the classes.") @Default("[]") List<String> names,

            @Doc("Use only the first.") @Range(min = 1) Optional<Integer> limit) {}

    record Adam(
            @Doc("Shares of means.") @Default("[0.9, 0.999]") @Range(min = 0, max = 1)
            List<Double> betas) {}

    record Sgd(
            @Doc("Share that stays.") @Default("0.9") @Range(min = 0, max = 1)
            double momentum) {}

    record Flip(
            @Doc("Share of the samples.") @Default("0.5") @Range(min = 0, max = 1)
            double share) {}

    record Crop(
            @Doc("Width, in pixels.") @Range(min = 1, max = 4096)
            int width,

            @Doc("Height, in pixels.") @Range(min = 1, max = 4096)
            int height) {}
}
