package ${package};

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Greys out a rectangle (random erasing, Zhong et al., 2020), where no ground truth counts any more. */
final class ${className} implements Transform {
    private static final byte GREY = 127;

    private final ${className}Config configuration;

    ${className}(${className}Config configuration) {
        this.configuration = configuration;
    }

    /** From left and top up to, but without, right and bottom. */
    private record Rectangle(int left, int top, int right, int bottom) {
        boolean has(int pixel, int width) {
            int x = pixel % width;
            int y = pixel / width;
            return x >= left && x < right && y >= top && y < bottom;
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        Rectangle erased = choose(sample.image().width(), sample.image().height(), random);
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, target) -> targets.put(name, erase(target, erased)));
        return new Sample(sample.name(), erase(sample.image(), erased), targets, sample.texts());
    }

    /** A rectangle of the picture's shape, anywhere in it. */
    private Rectangle choose(int width, int height, RandomGenerator random) {
        double side = Math.sqrt(configuration.share());
        int across = (int) Math.round(width * side);
        int down = (int) Math.round(height * side);
        int left = random.nextInt(width - across + 1);
        int top = random.nextInt(height - down + 1);
        return new Rectangle(left, top, left + across, top + down);
    }

    private static RgbImage erase(RgbImage image, Rectangle erased) {
        byte[] pixels = image.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            if (erased.has(i / 3, image.width())) {
                pixels[i] = GREY;
            }
        }
        return new RgbImage(image.width(), image.height(), pixels);
    }

    private static Raster erase(Raster target, Rectangle erased) {
        float[] values = target.values().clone();
        int area = target.width() * target.height();
        for (int i = 0; i < values.length; i++) {
            if (erased.has(i % area, target.width())) {
                values[i] = target.invalid();
            }
        }
        return new Raster(target.width(), target.height(), target.channels(), values, target.invalid());
    }
}
