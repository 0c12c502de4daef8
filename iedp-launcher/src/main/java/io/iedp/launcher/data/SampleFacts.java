package io.iedp.launcher.data;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import io.iedp.io.file.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a check keeps of one sample.
 *
 * @param name of the sample, or its number when it could not be read
 * @param problem why nothing can be said of it
 * @param lack why a component of the experiment could not use it
 * @param picture tells its pixels apart from other pictures'
 * @param whole tells it apart from other samples
 * @param pixels of each label that there is
 */
record SampleFacts(
        String name,
        Optional<String> problem,
        Optional<String> lack,
        int width,
        int height,
        String picture,
        String whole,
        Map<Integer, Long> pixels,
        Optional<Depth> depth) {

    /**
     * Readings of a depth map.
     *
     * @param least of the valid ones, in metres
     * @param beyond how many are larger than the data set says that depth can be
     */
    record Depth(double least, double largest, long valid, long beyond, long all) {}

    static SampleFacts of(Dataset dataset, SampleCheck check, int index) {
        Sample sample;
        try {
            sample = dataset.get(index);
        } catch (UserException e) {
            return unusable("sample " + index, e.getMessage());
        }
        Map<Integer, Long> pixels = new TreeMap<>();
        Raster labels = sample.targets().get(Sample.LABELS);
        if (labels != null) {
            count(labels, pixels);
            int classes = dataset.info().classes().size();
            for (int label : pixels.keySet()) {
                if (label != Raster.IGNORE && (label < 0 || label >= classes)) {
                    return unusable(
                            sample.name(),
                            "%s has label %s, but the data set names %s classes"
                                    .formatted(sample.name(), label, classes));
                }
            }
        }
        RgbImage image = sample.image();
        String picture = hash(image);
        return new SampleFacts(
                sample.name(),
                Optional.empty(),
                check.problem(SampleOutline.of(sample)),
                image.width(),
                image.height(),
                picture,
                picture + targets(sample) + sample.texts(),
                pixels,
                Optional.ofNullable(sample.targets().get(Sample.DEPTH))
                        .map(depth -> depth(depth, dataset.info().maxDepth())));
    }

    private static SampleFacts unusable(String name, String problem) {
        return new SampleFacts(name, Optional.of(problem), Optional.empty(), 0, 0, "", "", Map.of(), Optional.empty());
    }

    private static void count(Raster labels, Map<Integer, Long> pixels) {
        long[] counts = new long[256];
        for (float value : labels.values()) {
            if (value >= 0 && value < counts.length) {
                counts[(int) value]++;
            } else {
                pixels.merge((int) value, 1L, Long::sum);
            }
        }
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] > 0) {
                pixels.put(label, counts[label]);
            }
        }
    }

    private static Depth depth(Raster depth, double max) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        long valid = 0;
        long beyond = 0;
        for (float metres : depth.values()) {
            if (metres > 0) {
                least = Math.min(least, metres);
                largest = Math.max(largest, metres);
                valid++;
                beyond += metres > max ? 1 : 0;
            }
        }
        return new Depth(least, largest, valid, beyond, depth.values().length);
    }

    private static String hash(RgbImage image) {
        MessageDigest digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(8)
                .putInt(image.width())
                .putInt(image.height())
                .flip());
        return HexFormat.of().formatHex(digest.digest(image.pixels()), 0, 16);
    }

    private static Map<String, Integer> targets(Sample sample) {
        Map<String, Integer> hashes = new TreeMap<>();
        sample.targets().forEach((name, raster) -> hashes.put(name, Arrays.hashCode(raster.values())));
        return hashes;
    }
}
