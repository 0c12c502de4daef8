package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.task.Baseline;
import java.util.Arrays;

/** Gives every pixel the mean depth of the training data; without a reading there, the middle of the range. */
final class MeanDepth implements Baseline {
    private final DepthRange range;
    private double sum;
    private long readings;

    MeanDepth(DepthRange range) {
        this.range = range;
    }

    @Override
    public String name() {
        return "mean depth";
    }

    @Override
    public void observe(Raster truth) {
        for (float reading : truth.values()) {
            if (range.counts(reading)) {
                sum += reading;
                readings++;
            }
        }
    }

    @Override
    public Raster predict(int width, int height) {
        float[] metres = new float[width * height];
        Arrays.fill(metres, (float) (readings == 0 ? (range.min() + range.max()) / 2 : sum / readings));
        return Raster.depth(width, height, metres);
    }
}
