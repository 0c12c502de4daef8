package io.iedp.verify.tasks;

import ai.djl.ndarray.NDArray;
import io.iedp.tasks.SegmentationMetrics;
import java.util.stream.IntStream;

/** What mmsegmentation calls {@code acc_seg}, by the metrics of the project. */
public final class PixelAccuracy {
    private PixelAccuracy() {}

    /**
     * The share of the pixels with a label whose best class is it, in percent.
     *
     * @param logits (B, C, H, W)
     * @param labels (B, H, W)
     * @return (1)
     */
    public static NDArray percent(NDArray logits, NDArray labels) {
        SegmentationMetrics counted = new SegmentationMetrics(
                IntStream.range(0, Math.toIntExact(logits.getShape().get(1)))
                        .mapToObj(String::valueOf)
                        .toList());
        NDArray best = logits.argMax(1);
        for (int i = 0; i < labels.getShape().get(0); i++) {
            counted.update(Rasters.of(best.get(i)), Rasters.of(labels.get(i)));
        }
        double right = counted.report().values().get(SegmentationMetrics.PIXEL_ACCURACY);
        return logits.getManager().create(new float[] {(float) (100 * right)});
    }
}
