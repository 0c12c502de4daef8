package example.normals;

import io.iedp.api.data.Raster;
import io.iedp.api.task.Baseline;
import java.util.Arrays;

/** The mean direction of the training data, everywhere. */
final class MeanDirection implements Baseline {
    private final double[] sums = new double[3];

    @Override
    public String name() {
        return "mean direction";
    }

    @Override
    public void observe(Raster truth) {
        int size = truth.width() * truth.height();
        for (int i = 0; i < truth.values().length; i++) {
            sums[i / size] += truth.values()[i];
        }
    }

    @Override
    public Raster predict(int width, int height) {
        double length = Math.sqrt(Arrays.stream(sums).map(each -> each * each).sum());
        float[] values = new float[3 * width * height];
        for (int i = 0; i < values.length; i++) {
            double towardsCamera = i / (width * height) == 2 ? 1 : 0;
            values[i] = (float) (length > 0 ? sums[i / (width * height)] / length : towardsCamera);
        }
        return new Raster(width, height, 3, values, 0);
    }
}
