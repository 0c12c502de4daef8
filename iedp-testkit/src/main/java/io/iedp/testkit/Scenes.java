package io.iedp.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Small rooms that are drawn in no time: a wall above a floor, and a box in front, with labels, depth, mask and texts that
 * fit to the picture. Two pixels have no label and no depth.
 */
public final class Scenes {
    /** Wall, floor and box; depth up to 10 m. */
    public static final DatasetInfo INFO = new DatasetInfo(
            List.of(new ClassInfo("wall", 0xc8c8b4), new ClassInfo("floor", 0x785028), new ClassInfo("box", 0x2850c8)),
            10);

    private Scenes() {}

    /** The scene of that number; each is another. */
    public static Sample sample(int index, int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        float[] labels = new float[width * height];
        float[] depth = new float[width * height];
        float[] mask = new float[width * height];
        int horizon = height / 2;
        int left = index % Math.max(1, width / 2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                boolean box = x >= left && x < left + width / 3 + 1 && y >= height / 3 && y < height - height / 5;
                int label = box ? 2 : y < horizon ? 0 : 1;
                labels[i] = label;
                depth[i] = box ? 2 : label == 0 ? 6 : 6 - 4f * (y - horizon) / Math.max(1, height - horizon);
                mask[i] = box ? 1 : 0;
                int color = INFO.classes().get(label).color();
                for (int c = 0; c < 3; c++) {
                    int shade = (color >> 16 - 8 * c & 0xff) - (int) (8 * depth[i]) + (7 * x + 13 * y + 5 * index) % 12;
                    pixels[3 * i + c] = (byte) Math.max(0, Math.min(255, shade));
                }
            }
        }
        for (int i = 0; i < 2 && i < labels.length; i++) {
            labels[i] = Raster.IGNORE;
            depth[i] = 0;
        }
        return new Sample(
                "scene-" + index,
                new RgbImage(width, height, pixels),
                Map.of(
                        Sample.LABELS, Raster.labels(width, height, labels),
                        Sample.DEPTH, Raster.depth(width, height, depth),
                        Sample.MASK, new Raster(width, height, 1, mask, Float.NaN)),
                Map.of(
                        Sample.CAPTION, "a box in a room",
                        Sample.SCENE, "bedroom",
                        Sample.EXPRESSION, "the blue box"));
    }

    /** Scenes from 0 on. */
    public static List<Sample> samples(int count, int width, int height) {
        return IntStream.range(0, count)
                .mapToObj(index -> sample(index, width, height))
                .toList();
    }

    /** Samples of one size, with the targets that all of them have. */
    public static Batch batch(NDManager manager, List<Sample> samples) {
        NDList pixels = new NDList();
        Map<String, NDList> targets = new LinkedHashMap<>();
        for (Sample sample : samples) {
            pixels.add(pixels(manager, sample.image()));
            sample.targets()
                    .forEach((name, raster) ->
                            targets.computeIfAbsent(name, key -> new NDList()).add(array(manager, raster)));
        }
        Map<String, NDArray> stacked = new LinkedHashMap<>();
        targets.forEach((name, arrays) -> {
            if (arrays.size() == samples.size()) {
                stacked.put(name, NDArrays.stack(arrays));
            }
        });
        return new Batch(NDArrays.stack(pixels), stacked, samples);
    }

    private static NDArray pixels(NDManager manager, RgbImage image) {
        float[] values = new float[image.pixels().length];
        int size = image.width() * image.height();
        for (int i = 0; i < values.length; i++) {
            values[i % 3 * size + i / 3] = (image.pixels()[i] & 0xff) / 255f;
        }
        return manager.create(values, new Shape(3, image.height(), image.width()));
    }

    private static NDArray array(NDManager manager, Raster raster) {
        return manager.create(
                raster.values(),
                raster.channels() == 1
                        ? new Shape(raster.height(), raster.width())
                        : new Shape(raster.channels(), raster.height(), raster.width()));
    }
}
