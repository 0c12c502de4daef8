package io.iedp.datasets.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformsTest {
    private static final RandomFlip ALWAYS_FLIP = new RandomFlip(new RandomFlip.Config(1));

    /**
     * A sample in which picture, labels and depth say the same: red is 4 times the label, and depth the label plus 1, with
     * no reading where the label is odd. Labels come in blocks of 8 x 8 pixels.
     */
    private static Sample sample(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        float[] labels = new float[width * height];
        float[] depth = new float[width * height];
        for (int i = 0; i < labels.length; i++) {
            int label = (i % width / 8 + 5 * (i / width / 8)) % 60;
            labels[i] = label;
            depth[i] = label % 2 == 1 ? 0 : label + 1;
            pixels[3 * i] = (byte) (4 * label);
        }
        return new Sample(
                "a",
                new RgbImage(width, height, pixels),
                Map.of(
                        Sample.LABELS, Raster.labels(width, height, labels),
                        Sample.DEPTH, Raster.depth(width, height, depth)),
                Map.of(Sample.CAPTION, "a caption"));
    }

    private static RandomCrop crop(int width, int height, double maxShare) {
        return new RandomCrop(new RandomCrop.Config(width, height, maxShare, 127, true));
    }

    private static Resize stretch(int width, int height) {
        return new Resize(new Resize.Config(width, height, false, 1, 1, true));
    }

    static Stream<Transform> geometric() {
        return Stream.of(
                stretch(50, 61),
                new RandomScale(new RandomScale.Config(0.5, 2)),
                crop(24, 17, 0.75),
                crop(90, 70, 1),
                crop(20, 70, 1),
                new Pad(new Pad.Config(70, 40, 127)),
                new Resize(new Resize.Config(90, 40, true, 0.5, 2, true)),
                new RandomFlip(new RandomFlip.Config(0.5)),
                new RandomRotation(new RandomRotation.Config(1, 30, 127)));
    }

    static Stream<Transform> all() {
        return Stream.concat(
                geometric(),
                Stream.of(
                        jitter(32, 0.5, 0.5, 36),
                        new PhotometricDistortion(new PhotometricDistortion.Config(32, 0.5, 1.5, 0.5, 1.5, 18)),
                        new BrightnessContrast(new BrightnessContrast.Config(0.2, 0.2, 0.5)),
                        new Gamma(new Gamma.Config(0.8, 1.2, 0.5)),
                        new HueSaturation(new HueSaturation.Config(20, 30, 20, 0.5)),
                        new CutDepth(new CutDepth.Config(0.5, 0.75, CutDepth.Encoding.SCALED, 10, 0.001)),
                        new CutOut(new CutOut.Config(1, 1, 4, 0.3, 0.3, 127))));
    }

    private static ColorJitter jitter(double brightness, double contrast, double saturation, double hue) {
        return new ColorJitter(new ColorJitter.Config(brightness, contrast, saturation, hue));
    }

    @ParameterizedTest
    @MethodSource("geometric")
    void pictureLabelsAndDepthStayTogether(Transform transform) {
        for (int seed = 0; seed < 30; seed++) {
            Sample changed = transform.apply(sample(64, 48), new SplittableRandom(seed));
            Raster labels = changed.target(Sample.LABELS);
            Raster depth = changed.target(Sample.DEPTH);
            for (int y = 0; y < labels.height(); y++) {
                for (int x = 0; x < labels.width(); x++) {
                    float label = labels.at(x, y);
                    float expected = label == Raster.IGNORE || label % 2 == 1 ? 0 : label + 1;
                    assertThat(depth.at(x, y)).isEqualTo(expected);
                    if (isInside(labels, x, y)) {
                        int red = changed.image().rgb(x, y) >> 16;
                        assertThat(red).isEqualTo(label == Raster.IGNORE ? 127 : (int) (4 * label));
                    }
                }
            }
        }
    }

    /** Whether the pixels around have the same label, so that no blending reaches this one. */
    private static boolean isInside(Raster labels, int x, int y) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                int atX = Math.max(0, Math.min(labels.width() - 1, x + dx));
                int atY = Math.max(0, Math.min(labels.height() - 1, y + dy));
                if (labels.at(atX, atY) != labels.at(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("all")
    void noValueOfATargetIsNew(Transform transform) {
        Sample sample = sample(64, 48);
        for (int seed = 0; seed < 10; seed++) {
            Sample changed = transform.apply(sample, new SplittableRandom(seed));
            for (String target : Set.of(Sample.LABELS, Sample.DEPTH)) {
                Set<Float> known = values(sample.target(target));
                known.add(sample.target(target).invalid());
                assertThat(known).containsAll(values(changed.target(target)));
            }
        }
    }

    private static Set<Float> values(Raster raster) {
        Set<Float> values = new HashSet<>();
        for (float value : raster.values()) {
            values.add(value);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("all")
    void dependsOnTheSeedAndLeavesTheGivenSampleAlone(Transform transform) {
        Sample sample = sample(64, 48);
        Supplier<Sample> change = () -> transform.apply(sample, new SplittableRandom(42));
        Sample one = change.get();
        Sample other = change.get();
        assertThat(other.image().pixels()).isEqualTo(one.image().pixels());
        assertThat(other.target(Sample.LABELS).values())
                .isEqualTo(one.target(Sample.LABELS).values());
        assertThat(sample.image().pixels()).isEqualTo(sample(64, 48).image().pixels());
        assertThat(sample.target(Sample.DEPTH).values())
                .isEqualTo(sample(64, 48).target(Sample.DEPTH).values());
        assertThat(one.name()).isEqualTo("a");
        assertThat(one.texts()).isEqualTo(sample.texts());
    }

    @Test
    void resizeBringsToOneSize() {
        Sample resized = stretch(30, 20).apply(sample(64, 48), new SplittableRandom(0));
        assertThat(resized.image().width()).isEqualTo(30);
        assertThat(resized.image().height()).isEqualTo(20);
        Sample same = sample(30, 20);
        assertThat(stretch(30, 20).apply(same, new SplittableRandom(0))).isSameAs(same);
    }

    @Test
    void scaleKeepsTheShapeAndCoversItsRange() {
        RandomScale scale = new RandomScale(new RandomScale.Config(0.5, 1.5));
        double smallest = 2;
        double largest = 0;
        for (int seed = 0; seed < 200; seed++) {
            Sample scaled = scale.apply(sample(64, 48), new SplittableRandom(seed));
            double factor = scaled.image().width() / 64.0;
            assertThat(scaled.image().height() / 48.0).isCloseTo(factor, within(0.02));
            smallest = Math.min(smallest, factor);
            largest = Math.max(largest, factor);
        }
        assertThat(smallest).isBetween(0.49, 0.53);
        assertThat(largest).isBetween(1.47, 1.51);
        assertThat(new RandomScale(new RandomScale.Config(0.01, 0.01))
                        .apply(sample(10, 10), new SplittableRandom(0))
                        .image()
                        .width())
                .isEqualTo(1);
        assertThatThrownBy(() -> new RandomScale.Config(2, 1)).hasMessage("min is 2.0, but max is only 1.0");
    }

    @Test
    void flipMirrors() {
        Sample sample = sample(64, 48);
        Sample flipped = ALWAYS_FLIP.apply(sample, new SplittableRandom(0));
        for (int x = 0; x < 64; x++) {
            assertThat(flipped.image().rgb(x, 30)).isEqualTo(sample.image().rgb(63 - x, 30));
            assertThat(flipped.target(Sample.LABELS).at(x, 30))
                    .isEqualTo(sample.target(Sample.LABELS).at(63 - x, 30));
        }
        Sample twice = ALWAYS_FLIP.apply(flipped, new SplittableRandom(0));
        assertThat(twice.image().pixels()).isEqualTo(sample.image().pixels());
        assertThat(new RandomFlip(new RandomFlip.Config(0)).apply(sample, new SplittableRandom(0)))
                .isSameAs(sample);
    }

    @Test
    void flipMirrorsSoManySamples() {
        Sample sample = sample(8, 8);
        RandomFlip flip = new RandomFlip(new RandomFlip.Config(0.25));
        long same = Stream.iterate(0, seed -> seed + 1)
                .limit(4000)
                .filter(seed -> flip.apply(sample, new SplittableRandom(seed)).equals(sample))
                .count();
        // 3000 on average, with a standard deviation of 27.
        assertThat(same).isBetween(2860L, 3140L);
    }

    @Test
    void cropReachesEveryCorner() {
        Set<Integer> corners = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            // The first label tells where the window lies, since blocks differ.
            Sample cropped = crop(56, 40, 1).apply(sample(64, 48), new SplittableRandom(seed));
            Raster labels = cropped.target(Sample.LABELS);
            corners.add((int) labels.at(0, 0));
            assertThat(labels.width()).isEqualTo(56);
            assertThat(labels.height()).isEqualTo(40);
            assertThat(labels.values()).doesNotContain(Raster.IGNORE);
        }
        assertThat(corners).containsExactlyInAnyOrder(0, 1, 5, 6);
    }

    @Test
    void largerWindowIsFilledWithNothing() {
        Sample sample = sample(16, 8);
        Sample cropped = crop(20, 10, 0.75).apply(sample, new SplittableRandom(0));
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 20; x++) {
                boolean inside = x < 16 && y < 8;
                assertThat(cropped.image().rgb(x, y))
                        .isEqualTo(inside ? sample.image().rgb(x, y) : 0x7f7f7f);
                assertThat(cropped.target(Sample.LABELS).at(x, y))
                        .isEqualTo(inside ? sample.target(Sample.LABELS).at(x, y) : Raster.IGNORE);
                assertThat(cropped.target(Sample.DEPTH).at(x, y))
                        .isEqualTo(inside ? sample.target(Sample.DEPTH).at(x, y) : 0);
            }
        }
    }

    @Test
    void whatHasNoInvalidValueCannotBeFilledUp() {
        RgbImage image = new RgbImage(2, 2, new byte[12]);
        Sample sample =
                new Sample("n", image, Map.of("normals", new Raster(2, 2, 3, new float[12], Float.NaN)), Map.of());
        assertThatThrownBy(() -> crop(3, 2, 1).apply(sample, new SplittableRandom(0)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "The window of 3 x 2 is larger than a sample of 2 x 2, whose targets have no value for what is outside; resize it first");
        assertThat(crop(2, 2, 1)
                        .apply(sample, new SplittableRandom(0))
                        .target("normals")
                        .channels())
                .isEqualTo(3);
    }

    /** The left quarter is class 1, the rest class 0. A window of 16 has less than 3/4 of class 0 only at the far left. */
    @Test
    void cropLooksForMoreThanOneClass() {
        float[] labels = new float[64 * 4];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 64 < 16 ? 1 : 0;
        }
        Sample sample = new Sample(
                "a",
                new RgbImage(64, 4, new byte[64 * 4 * 3]),
                Map.of(Sample.LABELS, Raster.labels(64, 4, labels)),
                Map.of());
        int mixed = 0;
        int anyMixed = 0;
        for (int seed = 0; seed < 200; seed++) {
            mixed += isMixed(crop(16, 4, 0.75).apply(sample, new SplittableRandom(seed)));
            anyMixed += isMixed(crop(16, 4, 1).apply(sample, new SplittableRandom(seed)));
        }
        // 7 of 49 places are good: one try finds one in 14%, ten tries in 1 - (42/49)^10 = 79%.
        assertThat(anyMixed).isBetween(10, 50);
        assertThat(mixed).isBetween(135, 180);
    }

    private static int isMixed(Sample sample) {
        int ones = 0;
        for (float label : sample.target(Sample.LABELS).values()) {
            ones += label == 1 ? 1 : 0;
        }
        return ones > 16 && ones < 48 ? 1 : 0;
    }

    @Test
    void cropNeedsNoLabels() {
        Sample sample = new Sample("a", new RgbImage(4, 4, new byte[48]), Map.of(), Map.of());
        assertThat(crop(2, 2, 0.75)
                        .apply(sample, new SplittableRandom(0))
                        .image()
                        .width())
                .isEqualTo(2);
    }

    // Colours: one strength at a time is left on, and seeds are tried until it is drawn.

    private static RgbImage colors(int... colors) {
        byte[] pixels = new byte[colors.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (colors[i / 3] >> (16 - 8 * (i % 3)));
        }
        return new RgbImage(colors.length, 1, pixels);
    }

    private static Stream<int[]> jittered(ColorJitter jitter, int... colors) {
        Sample sample = new Sample("a", colors(colors), Map.of(), Map.of());
        return Stream.iterate(0, seed -> seed + 1).limit(100).map(seed -> {
            RgbImage image = jitter.apply(sample, new SplittableRandom(seed)).image();
            int[] channels = new int[image.pixels().length];
            for (int i = 0; i < channels.length; i++) {
                channels[i] = image.pixels()[i] & 0xff;
            }
            return channels;
        });
    }

    @Test
    void noStrengthChangesNothing() {
        assertThat(jittered(jitter(0, 0, 0, 0), 0x010203, 0xfffefd, 0x808080))
                .allMatch(channels ->
                        java.util.Arrays.equals(channels, new int[] {1, 2, 3, 255, 254, 253, 128, 128, 128}));
    }

    @Test
    void brightnessAdds() {
        assertThat(jittered(jitter(32, 0, 0, 0), 0x644632, 0xfa0000).toList())
                .allSatisfy(channels -> {
                    int added = channels[0] - 100;
                    assertThat(added).isBetween(-32, 32);
                    assertThat(channels[1]).isEqualTo(70 + added);
                    assertThat(channels[2]).isEqualTo(50 + added);
                    assertThat(channels[3]).isEqualTo(Math.min(255, 250 + added));
                    assertThat(channels[4]).isEqualTo(Math.max(0, added));
                })
                .anySatisfy(channels -> assertThat(channels[0]).isLessThan(90))
                .anySatisfy(channels -> assertThat(channels[0]).isGreaterThan(110));
    }

    @Test
    void contrastMultiplies() {
        assertThat(jittered(jitter(0, 0.5, 0, 0), 0x643214).toList())
                .allSatisfy(channels -> {
                    double factor = channels[0] / 100.0;
                    assertThat(factor).isBetween(0.5, 1.5);
                    assertThat((double) channels[1]).isCloseTo(50 * factor, within(1.0));
                    assertThat((double) channels[2]).isCloseTo(20 * factor, within(1.0));
                })
                .anySatisfy(channels -> assertThat(channels[0]).isLessThan(80))
                .anySatisfy(channels -> assertThat(channels[0]).isGreaterThan(120));
    }

    /** White stays white when it gets brighter, and then has as much less contrast as the rest. */
    @Test
    void brightnessIsClippedBeforeContrast() {
        assertThat(jittered(jitter(32, 0.5, 0, 0), 0x640000, 0xffffff)
                        .filter(channels -> channels[1] > 5 && channels[0] < 95)
                        .toList())
                .isNotEmpty()
                .allSatisfy(channels -> {
                    // (100 + added) * factor and added * factor
                    double factor = (channels[0] - channels[1]) / 100.0;
                    assertThat((double) channels[3]).isCloseTo(255 * factor, within(4.0));
                });
    }

    /** The largest channel, value in HSV, stays; the distances from it are scaled; grey has none. */
    @Test
    void saturationMovesAwayFromGrey() {
        assertThat(jittered(jitter(0, 0, 0.5, 0), 0xc8a078, 0x646464).toList())
                .allSatisfy(channels -> {
                    assertThat(channels[0]).isEqualTo(200);
                    double factor = (200 - channels[2]) / 80.0;
                    assertThat(factor).isBetween(0.49, 1.51);
                    assertThat((double) channels[1]).isCloseTo(200 - 40 * factor, within(1.0));
                    assertThat(channels[4]).isEqualTo(100);
                })
                .anySatisfy(channels -> assertThat(channels[2]).isLessThan(110))
                .anySatisfy(channels -> assertThat(channels[2]).isGreaterThan(130));
    }

    /** Pure red turned by 36° at most: towards yellow, green rises to 36/60 of 255; towards magenta, blue does. */
    @Test
    void hueTurnsAroundTheCircle() {
        assertThat(jittered(jitter(0, 0, 0, 36), 0xff0000, 0x0000ff).toList())
                .allSatisfy(channels -> {
                    assertThat(channels[0]).isEqualTo(255);
                    assertThat(Math.min(channels[1], channels[2])).isZero();
                    assertThat(Math.max(channels[1], channels[2])).isLessThanOrEqualTo(153);
                    // Blue turns the same way: towards magenta, red rises; towards cyan, green does.
                    assertThat(channels[5]).isEqualTo(255);
                    assertThat(channels[3]).isEqualTo(channels[1]);
                    assertThat(channels[4]).isEqualTo(channels[2]);
                })
                .anySatisfy(channels -> assertThat(channels[1]).isGreaterThan(60))
                .anySatisfy(channels -> assertThat(channels[2]).isGreaterThan(60));
    }

    /** All the way round: red, turned by 120°, is green, and by another 120°, blue. */
    @Test
    void hueTurnsByDegrees() {
        assertThat(jittered(jitter(0, 0, 0, 180), 0xff0000).toList()).allSatisfy(channels -> {
            int zeros = 0;
            int full = 0;
            for (int channel : channels) {
                zeros += channel == 0 ? 1 : 0;
                full += channel == 255 ? 1 : 0;
            }
            assertThat(zeros).isPositive();
            assertThat(full).isPositive();
        });
    }

    @Test
    void mirroredSurfacesFaceTheOtherWay() {
        float[] normals = {0.6f, -0.8f, 0, 0, 0.8f, 0.6f};
        Sample sample = new Sample(
                "a",
                new RgbImage(2, 1, new byte[6]),
                Map.of(Sample.NORMALS, new Raster(2, 1, 3, normals, 0)),
                Map.of());

        Raster flipped = ALWAYS_FLIP.apply(sample, new SplittableRandom(1)).target(Sample.NORMALS);

        assertThat(flipped.values()).containsExactly(new float[] {0.8f, -0.6f, 0, 0, 0.6f, 0.8f}, within(0f));
    }

    /** Clockwise, the left upper corner goes to the right upper one, and what faces right then faces down. */
    @Test
    void aQuarterTurnMovesEveryPixel() {
        float[] directions = new float[3 * 25];
        Arrays.fill(directions, 0, 25, 1);
        Sample sample = sample(5, 5);
        float[] labels = new float[25];
        byte[] pixels = new byte[75];
        for (int i = 0; i < 25; i++) {
            labels[i] = i;
            pixels[3 * i + 1] = (byte) (10 * i);
        }
        Sample turned = new RandomRotation(new RandomRotation.Config(1, 90, 127))
                .turned(
                        new Sample(
                                "a",
                                new RgbImage(5, 5, pixels),
                                Map.of(
                                        Sample.LABELS,
                                        Raster.labels(5, 5, labels),
                                        Sample.NORMALS,
                                        new Raster(5, 5, 3, directions, 0)),
                                sample.texts()),
                        90);

        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 5; x++) {
                int from = (4 - x) * 5 + y;
                assertThat(turned.target(Sample.LABELS).at(x, y)).isEqualTo(from);
                assertThat(turned.image().rgb(x, y) >> 8 & 0xff).isEqualTo(10 * from);
                assertThat(turned.target(Sample.NORMALS).at(0, x, y)).isCloseTo(0, within(1e-6f));
                assertThat(turned.target(Sample.NORMALS).at(1, x, y)).isCloseTo(-1, within(1e-6f));
            }
        }
    }

    /** Turned by 45 degrees, a square of edge 40 keeps what lies in its own circle, and loses its corners. */
    @Test
    void whatComesFromOutsideDoesNotCount() {
        float[] ones = new float[1600];
        Arrays.fill(ones, 1);
        Sample turned = new RandomRotation(new RandomRotation.Config(1, 90, 9))
                .turned(
                        new Sample(
                                "a",
                                new RgbImage(40, 40, new byte[4800]),
                                Map.of(Sample.LABELS, Raster.labels(40, 40, ones)),
                                Map.of()),
                        45);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                double away = Math.abs(x - 19.5) + Math.abs(y - 19.5);
                float label = turned.target(Sample.LABELS).at(x, y);
                int level = turned.image().rgb(x, y) & 0xff;
                if (away < 19.5 * Math.sqrt(2)) {
                    assertThat(label).isEqualTo(1);
                    assertThat(level).isZero();
                } else if (away > 20.5 * Math.sqrt(2)) {
                    assertThat(label).isEqualTo(Raster.IGNORE);
                    assertThat(level).isEqualTo(9);
                }
            }
        }
    }

    /** A rectangle of 0.25 x 0.5 of 64 x 48 pixels is 16 x 24 where it is whole; it begins anywhere in the picture. */
    @Test
    void coveredRectanglesAreOfTheGivenSize() {
        CutOut cutOut = new CutOut(new CutOut.Config(1, 1, 1, 0.25, 0.5, 200));
        boolean whole = false;
        for (int seed = 0; seed < 50; seed++) {
            RgbImage image =
                    cutOut.apply(sample(64, 48), new SplittableRandom(seed)).image();
            int covered = 0;
            int left = 64;
            int top = 48;
            for (int y = 0; y < 48; y++) {
                for (int x = 0; x < 64; x++) {
                    if ((image.rgb(x, y) & 0xff) == 200) {
                        covered++;
                        left = Math.min(left, x);
                        top = Math.min(top, y);
                    }
                }
            }
            assertThat(covered).isEqualTo(Math.min(16, 64 - left) * Math.min(24, 48 - top));
            whole |= covered == 16 * 24;
        }
        assertThat(whole).isTrue();
    }
}
