package ${package};

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Pictures of one disc each, with labels and depth. A picture depends on the seed and its number alone. */
final class ${className} implements Dataset {
    private static final int EDGE = 48;

    /** Distances, in metres. */
    private static final float DISC = 1;

    private static final float GROUND = 2;

    private final ${className}Config configuration;
    private final long seed;

    ${className}(${className}Config configuration, long seed) {
        this.configuration = configuration;
        this.seed = seed;
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(List.of(new ClassInfo("ground", 0x303030), new ClassInfo("disc", 0xf0a020)), GROUND);
    }

    @Override
    public int size() {
        return configuration.count();
    }

    @Override
    public Sample get(int index) {
        Objects.checkIndex(index, size());
        int number = configuration.start() + index;
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + number);
        double radius = EDGE * (0.1 + 0.2 * random.nextDouble());
        double x = EDGE * random.nextDouble();
        double y = EDGE * random.nextDouble();
        byte[] pixels = new byte[3 * EDGE * EDGE];
        float[] labels = new float[EDGE * EDGE];
        float[] metres = new float[EDGE * EDGE];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.hypot(i % EDGE + 0.5 - x, i / EDGE + 0.5 - y) < radius ? 1 : 0;
            metres[i] = labels[i] == 1 ? DISC : GROUND;
            for (int c = 0; c < 3; c++) {
                int color = info().classes().get((int) labels[i]).color() >> 16 - 8 * c & 0xff;
                pixels[3 * i + c] = (byte) Math.max(0, Math.min(255, color + random.nextInt(-30, 31)));
            }
        }
        return new Sample(
                "disc-" + number,
                new RgbImage(EDGE, EDGE, pixels),
                Map.of(
                        Sample.LABELS, Raster.labels(EDGE, EDGE, labels),
                        Sample.DEPTH, Raster.depth(EDGE, EDGE, metres)),
                Map.of(Sample.CAPTION, "a disc"));
    }
}
