package io.iedp.tasks;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the task {@code depth}. */
public record DepthConfig(
        @Doc("The largest depth that is predicted and measured, in metres; 0 takes that of the data.")
        @Default("0")
        @Range(min = 0, max = 1e6)
        double maxDepth,

        @Doc("Readings up to this depth count as missing, and no prediction is less, in metres.")
        @Default("0.001")
        @Range(min = 1e-6, max = 1e6)
        double minDepth,

        @Doc(
                "What makes depth of an output x: sigmoid is max-depth * sigmoid(x), as VPD has it; softplus is log(1 + exp(x)); exp is exp(x).")
        @Default("sigmoid")
        DepthActivation activation,

        @Doc("Share of the squared mean error that the SILog loss forgives (Eigen et al., 2014): 1 ignores the scale.")
        @Default("0.5")
        @Range(min = 0, max = 1)
        double lambda,

        @Doc(
                "Part of a picture that is measured: none is all of it; nyu-eigen is for NYU Depth v2 at 640 x 480, garg and kitti-eigen for KITTI.")
        @Default("none")
        DepthCrop crop,

        @Doc(
                "Whether only the lower middle of a picture is predicted and measured, 1216 x 352 pixels, as KITTI's benchmark does; the crop is of that part.")
        @Default("false")
        boolean kbCrop,

        @Doc(
                "Whether predictions are held between min-depth and max-depth; if not, only what is no finite number is replaced, as in VPD.")
        @Default("true")
        boolean clip,

        @Doc(
                "What metrics are averaged over: picture is the mean of each picture's metrics, as in VPD; pixel counts all pixels alike.")
        @Default("picture")
        DepthMetrics.Averaging averaging,

        @Doc(
                "Square windows that are predicted and averaged, spread evenly along each axis on which the picture is longer than one; 1 predicts pictures whole.")
        @Default("1")
        @Range(min = 1, max = 1000)
        int windows,

        @Doc("Edge of a window, in pixels; 0 is the picture's shorter edge.") @Default("0") @Range(min = 0, max = 65536)
        int window,

        @Doc("Whether each window is predicted mirrored too, and the depths averaged.") @Default("false")
        boolean flip,

        @Doc("Grey levels a metre in the 16-bit PNG files of predictions: 1000 for millimetres, 256 as in KITTI.")
        @Default("1000")
        @Range(min = 1e-3, max = 1e6)
        double unitsPerMetre,

        @Doc("How much of the overlay is the colour of the depth: 0 is the photograph alone, 1 the colours alone.")
        @Default("1")
        @Range(min = 0, max = 1)
        double opacity) {
    public DepthConfig {
        if (maxDepth != 0 && maxDepth <= minDepth) {
            throw new IllegalArgumentException(
                    "max-depth is %s, but must be more than min-depth, which is %s".formatted(maxDepth, minDepth));
        }
    }
}
