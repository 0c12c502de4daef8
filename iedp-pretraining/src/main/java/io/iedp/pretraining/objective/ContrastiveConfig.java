package io.iedp.pretraining.objective;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import io.iedp.conditioning.ClipImageConfig;
import io.iedp.conditioning.Fit;
import io.iedp.conditioning.TextArchitecture;
import java.util.Optional;

/** What an experiment file says about the objective {@code contrastive}. */
public record ContrastiveConfig(
        @Doc("SigLIP's loss (sigmoid), which is good in small batches, or CLIP's (softmax).") @Default("sigmoid")
        ContrastiveLoss loss,

        @Doc(
                "What makes a picture and a text of a batch belong together: the same pair, the same text, or the same set of classes in the labels.")
        @Default("pair")
        Positives positives,

        @Doc(
                "Weight of a second loss, in which the name of each class is a text that belongs to all pictures whose labels have the class; 0 for none. Few pictures teach much more so.")
        @Default("0")
        @Range(min = 0, max = 1e6)
        double classNames,

        @Doc("Width of the embeddings that are compared.") @Default("512") @Range(min = 1, max = 65536)
        int width,

        @Doc("Where the factor of the similarities begins.") @Default("10") @Range(min = 1e-6, max = 100)
        double scale,

        @Doc("Where the bias of the similarities begins; only the sigmoid loss has one.")
        @Default("-10")
        @Range(min = -1e6, max = 1e6)
        double bias,

        @Doc("How a picture becomes the square that the image encoder takes: squeeze it or crop its middle.")
        @Default("squeeze")
        Fit fit,

        @Doc(
                "The text of a class, for class-names, and to measure which classes of a picture the model finds; {class} stands for the name.")
        @Default("a {class}")
        @NotEmpty
        String prompt,

        @Doc("The tokenizer's folder; without it, IEDP's own small vocabulary.") @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc("Sizes of the text encoder.") @Default("{}") TextArchitecture text,

        @Doc("Sizes of the image encoder.") @Default("{}") ClipImageConfig.Architecture image) {
    private static final String CLASS = "{class}";

    /** Whether samples must have labels. */
    boolean needsLabels() {
        return positives == Positives.CLASSES || classNames > 0;
    }

    public ContrastiveConfig {
        if (!prompt.contains(CLASS)) {
            throw new IllegalArgumentException(
                    "prompt is '%s', but must have %s where the name of a class belongs".formatted(prompt, CLASS));
        }
    }

    String prompt(String name) {
        return prompt.replace(CLASS, name);
    }

    /** What makes a picture and a text belong together. */
    public enum Positives {
        PAIR,
        TEXT,
        CLASSES
    }
}
