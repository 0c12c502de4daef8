package io.iedp.tasks;

import io.iedp.api.config.Chosen;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.task.TaskContext;
import io.iedp.tasks.loss.CrossEntropy;
import java.util.List;

/** What an experiment file says about the task {@code semantic-segmentation}. */
public record SemanticSegmentationConfig(
        @Doc(
                "What is learned: the sum of these losses, such as [{type: cross-entropy, averaging: all}, {type: lovasz, per-image: true}], in the place of the five keys below. Empty takes those.")
        @Default("[]")
        List<Chosen<TaskContext, PixelLoss>> loss,

        @Doc("The losses of a head's auxiliary outputs; empty takes those of the main one.") @Default("[]")
        List<Chosen<TaskContext, PixelLoss>> auxiliaryLoss,

        @Doc("Weight of the cross-entropy in the loss.") @Default("1") @Range(min = 0, max = 1e6)
        double crossEntropyWeight,

        @Doc(
                "Weight in the loss of Lovász-Softmax (Berman et al., 2018), a stand-in for the IoU: over the pixels of the batch together, mean of the classes that occur.")
        @Default("0")
        @Range(min = 0, max = 1e6)
        double lovaszWeight,

        @Doc(
                "Weight in the loss of one minus the soft Dice coefficient (Milletari et al., 2016): over the pixels of the batch together, mean of the classes that occur.")
        @Default("0")
        @Range(min = 0, max = 1e6)
        double diceWeight,

        @Doc("Factors for the cross-entropy of each class, in the order of the classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc(
                "What the sum of the cross-entropies is divided by: valid is the pixels that are not ignored, each with the weight of its class, as PyTorch does; all is every pixel, as mmsegmentation 0.x does by default.")
        @Default("valid")
        CrossEntropy.Averaging averaging,

        @Doc(
                "The longest long edge and the longest short edge, in pixels, that pictures are scaled to for prediction, keeping their proportions, such as [2048, 512]; empty leaves their size.")
        @Default("[]")
        @Range(min = 1, max = 65536)
        List<Integer> resize,

        @Doc("Edge of the square window that slides over larger pictures, in pixels; 0 takes pictures whole.")
        @Default("512")
        @Range(min = 0, max = 65536)
        int window,

        @Doc("Pixels from one window to the next; less than the window, they overlap and are averaged.")
        @Default("341")
        @Range(min = 1, max = 65536)
        int stride,

        @Doc(
                "Sizes that pictures are predicted at, as factors of their own or resized size; the probabilities of several are averaged.")
        @Default("[1.0]")
        @NotEmpty
        @Range(min = 0.01, max = 100)
        List<Double> scales,

        @Doc("Whether pictures are predicted mirrored too, and the probabilities averaged.") @Default("false")
        boolean flip,

        @Doc("How much of the overlay is the prediction's colour: 0 is the photograph alone, 1 the colours alone.")
        @Default("0.5")
        @Range(min = 0, max = 1)
        double opacity) {
    public SemanticSegmentationConfig {
        loss = List.copyOf(loss);
        auxiliaryLoss = List.copyOf(auxiliaryLoss);
        classWeights = List.copyOf(classWeights);
        resize = List.copyOf(resize);
        scales = List.copyOf(scales);
        if (window > 0 && stride > window) {
            throw new IllegalArgumentException(
                    "stride is %s, but steps longer than the window of %s would leave gaps".formatted(stride, window));
        }
        boolean older = crossEntropyWeight != 1
                || lovaszWeight != 0
                || diceWeight != 0
                || !classWeights.isEmpty()
                || averaging != CrossEntropy.Averaging.VALID;
        if (!loss.isEmpty() && older) {
            throw new IllegalArgumentException(
                    "loss says what is learned, so cross-entropy-weight, lovasz-weight, dice-weight, class-weights and averaging have no "
                            + "place beside it; write them as in loss: [{type: cross-entropy, weight: 1, class-weights: [], averaging: valid}]");
        }
        if (crossEntropyWeight == 0 && lovaszWeight == 0 && diceWeight == 0) {
            throw new IllegalArgumentException(
                    "cross-entropy-weight, lovasz-weight and dice-weight are all 0, so there is nothing to learn from");
        }
        if (!resize.isEmpty() && (resize.size() != 2 || resize.get(0) < resize.get(1))) {
            throw new IllegalArgumentException(
                    "resize is %s, but must be the long edge and the short edge, such as [2048, 512]"
                            .formatted(resize));
        }
        if (!classWeights.isEmpty() && classWeights.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("class-weights are all 0, so there is nothing to learn from");
        }
    }
}
