package io.iedp.engine.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A batch in the form that worker threads make: plain arrays, ready to be copied to the device. */
public record HostBatch(float[] pixels, Map<String, float[]> targets, List<Sample> samples) {
    /**
     * @throws UserException if the samples differ in size
     */
    public static HostBatch of(List<Sample> samples) {
        RgbImage first = samples.get(0).image();
        int plane = first.width() * first.height();
        float[] pixels = new float[samples.size() * 3 * plane];
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (!sameSize(sample.image(), first)) {
                throw new UserException(BatchSizes.differ(samples.get(0), sample));
            }
            copy(sample.image().pixels(), pixels, i * 3 * plane, plane);
        }
        return new HostBatch(pixels, targets(samples), List.copyOf(samples));
    }

    /** The samples in so many parts, as even as they can be; the batch itself if that is one. */
    public List<HostBatch> split(int parts) {
        if (parts == 1) {
            return List.of(this);
        }
        int size = samples.size();
        return IntStream.range(0, parts)
                .mapToObj(i -> of(samples.subList(size * i / parts, size * (i + 1) / parts)))
                .toList();
    }

    /** Of all images together. */
    public long pixelCount() {
        return pixels.length / 3;
    }

    public static boolean sameSize(RgbImage one, RgbImage other) {
        return one.width() == other.width() && one.height() == other.height();
    }

    /** The arrays on the device of the manager. */
    public Batch toDevice(NDManager manager) {
        RgbImage image = samples.get(0).image();
        Map<String, NDArray> arrays = new HashMap<>();
        targets.forEach((name, values) -> {
            int channels = samples.get(0).target(name).channels();
            Shape shape = channels == 1
                    ? new Shape(samples.size(), image.height(), image.width())
                    : new Shape(samples.size(), channels, image.height(), image.width());
            arrays.put(name, manager.create(values, shape));
        });
        return new Batch(
                manager.create(pixels, new Shape(samples.size(), 3, image.height(), image.width())),
                arrays,
                samples,
                true);
    }

    /** Does something with the arrays on a model's device, of which no gradients are recorded. They are gone afterwards. */
    public void infer(ModelWeights weights, Consumer<Batch> work) {
        TorchRuntime.get().computeThreads().fit((double) weights.count() * pixelCount());
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            work.accept(toDevice(weights.manager()));
        }
    }

    /** Red, green, blue bytes of each pixel to planes of floats from 0 to 1. */
    private static void copy(byte[] bytes, float[] planes, int offset, int plane) {
        for (int pixel = 0; pixel < plane; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[offset + channel * plane + pixel] = (bytes[pixel * 3 + channel] & 0xff) / 255f;
            }
        }
    }

    private static Map<String, float[]> targets(List<Sample> samples) {
        Map<String, float[]> targets = new HashMap<>();
        for (String name : samples.get(0).targets().keySet()) {
            if (samples.stream().allMatch(sample -> sample.targets().containsKey(name))) {
                Raster first = samples.get(0).target(name);
                float[] values = new float[samples.size() * first.values().length];
                for (int i = 0; i < samples.size(); i++) {
                    float[] one = samples.get(i).target(name).values();
                    System.arraycopy(one, 0, values, i * one.length, one.length);
                }
                targets.put(name, values);
            }
        }
        return targets;
    }
}
