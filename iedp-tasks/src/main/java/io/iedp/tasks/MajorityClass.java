package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.task.Baseline;
import java.util.Arrays;

/** Gives every pixel the class that has most pixels in the training data. */
final class MajorityClass implements Baseline {
    private final long[] pixels;

    MajorityClass(int classes) {
        pixels = new long[classes];
    }

    @Override
    public String name() {
        return "majority class";
    }

    @Override
    public void observe(Raster truth) {
        for (float label : truth.values()) {
            if (label != Raster.IGNORE) {
                pixels[(int) label]++;
            }
        }
    }

    @Override
    public Raster predict(int width, int height) {
        int majority = 0;
        for (int c = 1; c < pixels.length; c++) {
            majority = pixels[c] > pixels[majority] ? c : majority;
        }
        float[] labels = new float[width * height];
        Arrays.fill(labels, majority);
        return Raster.labels(width, height, labels);
    }
}
