package io.iedp.tasks;

import io.iedp.api.config.Chosen;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.task.TaskContext;
import io.iedp.tasks.loss.CrossEntropy;
import java.util.List;

/** Configurations with the defaults but for what a test is about. */
final class Configs {
    private Configs() {}

    static SemanticSegmentationConfig segmentation(int window, int stride) {
        return segmentation(window, stride, List.of(), List.of(1.0), false);
    }

    static SemanticSegmentationConfig segmentation(
            int window, int stride, List<Integer> resize, List<Double> scales, boolean flip) {
        return new SemanticSegmentationConfig(
                List.of(),
                List.of(),
                1,
                0,
                0,
                List.of(),
                CrossEntropy.Averaging.VALID,
                resize,
                window,
                stride,
                scales,
                flip,
                0.5);
    }

    /** Losses with their weights. */
    static SemanticSegmentationConfig losses(double crossEntropy, double lovasz, double dice, List<Double> weights) {
        return new SemanticSegmentationConfig(
                List.of(),
                List.of(),
                crossEntropy,
                lovasz,
                dice,
                weights,
                CrossEntropy.Averaging.VALID,
                List.of(),
                0,
                1,
                List.of(1.0),
                false,
                0.5);
    }

    /** The keys of another, and losses that are chosen. */
    static SemanticSegmentationConfig chosen(
            SemanticSegmentationConfig keys,
            List<Chosen<TaskContext, PixelLoss>> loss,
            List<Chosen<TaskContext, PixelLoss>> auxiliaryLoss) {
        return new SemanticSegmentationConfig(
                loss,
                auxiliaryLoss,
                keys.crossEntropyWeight(),
                keys.lovaszWeight(),
                keys.diceWeight(),
                keys.classWeights(),
                keys.averaging(),
                keys.resize(),
                keys.window(),
                keys.stride(),
                keys.scales(),
                keys.flip(),
                keys.opacity());
    }

    static DepthConfig depth() {
        return depth(1, false, false);
    }

    /** The protocol of VPD: windows as high as the picture, mirrored too. */
    static DepthConfig depth(int windows, boolean flip, boolean kbCrop) {
        return depth(0, 1000, windows, flip, kbCrop, 1);
    }

    static DepthConfig depth(
            double maxDepth, double unitsPerMetre, int windows, boolean flip, boolean kbCrop, double opacity) {
        return new DepthConfig(
                maxDepth,
                0.001,
                DepthActivation.SIGMOID,
                0.5,
                DepthCrop.NONE,
                kbCrop,
                true,
                DepthMetrics.Averaging.PICTURE,
                windows,
                0,
                flip,
                unitsPerMetre,
                opacity);
    }
}
