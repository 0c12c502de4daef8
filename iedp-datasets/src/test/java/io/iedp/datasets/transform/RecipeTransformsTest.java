package io.iedp.datasets.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transforms of published recipes, held to what the libraries of those recipes say that they do. */
class RecipeTransformsTest {
    private static Sample sample(int width, int height, int... colors) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (colors[i / 3 % colors.length] >> (16 - 8 * (i % 3)));
        }
        return new Sample("a", new RgbImage(width, height, pixels), Map.of(), Map.of());
    }

    private static int[] channels(Sample sample) {
        byte[] pixels = sample.image().pixels();
        return IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
    }

    // Sizes.

    /** mmcv's imrescale: 2048 x 512 bounds the longer edge by 2048 and the shorter by 512, rounded half up. */
    @ParameterizedTest
    @CsvSource({
        "683, 512, 683, 512",
        "512, 683, 512, 683",
        "256, 256, 512, 512",
        "2000, 100, 2048, 102",
        "100, 2000, 102, 2048",
        "1024, 768, 683, 512",
        "3, 4000, 2, 2048"
    })
    void aKeptShapeFitsIntoTheSize(int width, int height, int newWidth, int newHeight) {
        Resize resize = new Resize(new Resize.Config(2048, 512, true, 1, 1, true));
        RgbImage image =
                resize.apply(sample(width, height, 0), new SplittableRandom(0)).image();
        assertThat(List.of(image.width(), image.height())).containsExactly(newWidth, newHeight);
    }

    @Test
    void theSizeIsDrawnForEachSample() {
        Resize resize = new Resize(new Resize.Config(64, 16, true, 0.5, 2, true));
        Set<Integer> heights = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            RgbImage image =
                    resize.apply(sample(32, 16, 0), new SplittableRandom(seed)).image();
            assertThat(image.width()).isEqualTo(2 * image.height());
            heights.add(image.height());
        }
        // 16 times 0.5 to 2, cut down to whole numbers; 32 itself is never drawn.
        assertThat(heights)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(8, 32).boxed().toList());
        assertThatThrownBy(() -> new Resize.Config(1, 1, false, 2, 1, true))
                .hasMessage("min-ratio is 2.0, but max-ratio is only 1.0");
    }

    @Test
    void padFillsUpAndLeavesLargeSamplesAlone() {
        Pad pad = new Pad(new Pad.Config(4, 3, 9));
        Sample large = sample(4, 3, 1);
        assertThat(pad.apply(large, new SplittableRandom(0))).isSameAs(large);
        RgbImage wide =
                pad.apply(sample(6, 1, 0xffffff), new SplittableRandom(0)).image();
        assertThat(List.of(wide.width(), wide.height())).containsExactly(6, 3);
        assertThat(wide.rgb(5, 0)).isEqualTo(0xffffff);
        assertThat(wide.rgb(5, 1)).isEqualTo(0x090909);
    }

    /** mmsegmentation looks at ten windows and takes an eleventh unseen: 22 numbers are drawn when none is good. */
    @Test
    void anEleventhWindowIsTakenAsItIs() {
        int[] drawn = {0};
        RandomGenerator counting = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public int nextInt(int bound) {
                drawn[0]++;
                return 0;
            }
        };
        Sample one = sample(8, 8, 0);
        Sample labelled =
                new Sample("a", one.image(), Map.of(Sample.LABELS, Raster.labels(8, 8, new float[64])), Map.of());
        new RandomCrop(new RandomCrop.Config(4, 4, 0.75, 0, true)).apply(labelled, counting);
        assertThat(drawn[0]).isEqualTo(22);
    }

    @Test
    void mirroredExpressionsChangeSides() {
        RandomFlip flip = new RandomFlip(new RandomFlip.Config(1));
        Sample sample = new Sample(
                "a",
                sample(2, 1, 0).image(),
                Map.of(),
                Map.of(
                        Sample.EXPRESSION, "Left man, right of the leftover, on the upright left",
                        Sample.CAPTION, "left"));
        Sample flipped = flip.apply(sample, new SplittableRandom(0));
        assertThat(flipped.texts())
                .isEqualTo(Map.of(
                        Sample.EXPRESSION, "Right man, left of the leftover, on the upright right",
                        Sample.CAPTION, "left"));
    }

    // Colours.

    private static int[] hsv(int color) {
        Sample one = sample(1, 1, color);
        Hsv.from(one.image().pixels());
        return channels(one);
    }

    /** From OpenCV's documentation: V = max, S = 255 (V - min) / V, H = 60 (...) / (V - min), halved. */
    @Test
    void hueIsInStepsOfTwoDegrees() {
        assertThat(hsv(0xff0000)).containsExactly(0, 255, 255);
        assertThat(hsv(0xffff00)).containsExactly(30, 255, 255);
        assertThat(hsv(0x00ff00)).containsExactly(60, 255, 255);
        assertThat(hsv(0x00ffff)).containsExactly(90, 255, 255);
        assertThat(hsv(0x0000ff)).containsExactly(120, 255, 255);
        assertThat(hsv(0xff00ff)).containsExactly(150, 255, 255);
        assertThat(hsv(0x000000)).containsExactly(0, 0, 0);
        assertThat(hsv(0x808080)).containsExactly(0, 0, 128);
        // S = 255 * 150 / 200 = 191.25; H = 60 * (100 - 50) / 150 / 2 = 10.
        assertThat(hsv(0xc86432)).containsExactly(10, 191, 200);
        // H = (360 - 60 * (100 - 50) / 150) / 2 = 170.
        assertThat(hsv(0xc83264)).containsExactly(170, 191, 200);
    }

    /** What 2 degrees and 8 bits lose: at most half a step of hue, 1/60 of the range, and a step of saturation. */
    @Test
    void thereAndBackIsNearly() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            int color = random.nextInt(1 << 24);
            Sample one = sample(1, 1, color);
            int[] before = channels(one);
            Hsv.from(one.image().pixels());
            Hsv.toRgb(one.image().pixels());
            int[] after = channels(one);
            for (int c = 0; c < 3; c++) {
                assertThat(Math.abs(after[c] - before[c])).as("%06x", color).isLessThanOrEqualTo(6);
            }
        }
        for (int level = 0; level < 256; level++) {
            Sample grey = sample(1, 1, level * 0x010101);
            Hsv.from(grey.image().pixels());
            Hsv.toRgb(grey.image().pixels());
            assertThat(channels(grey)).containsOnly(level);
        }
    }

    /** Draws what it is told: true for each step that is on, and a share of the way from least to largest. */
    private static final class Told implements RandomGenerator {
        private final List<Boolean> steps;
        private final double share;
        private int at;

        Told(double share, Boolean... steps) {
            this.steps = Arrays.asList(steps);
            this.share = share;
        }

        @Override
        public long nextLong() {
            throw new AssertionError();
        }

        @Override
        public boolean nextBoolean() {
            return steps.get(at++);
        }

        @Override
        public double nextDouble() {
            return share;
        }

        @Override
        public int nextInt(int origin, int bound) {
            return (int) (origin + share * (bound - origin));
        }
    }

    private static int[] distorted(Told told, int... colors) {
        PhotometricDistortion distortion =
                new PhotometricDistortion(new PhotometricDistortion.Config(32, 0.5, 1.5, 0.5, 1.5, 18));
        return channels(distortion.apply(sample(colors.length, 1, colors), told));
    }

    /**
     * brightness?, contrast early?, (contrast?), saturation?, hue?, (contrast?). Results of numpy's rule: float32
     * arithmetic, clipped, the fraction cut off.
     */
    @Test
    void distortionGoesThroughItsSteps() {
        int[] colors = {0xc86432, 0x0a00ff};
        assertThat(distorted(new Told(0.75, false, false, false, false, false), colors))
                .containsExactly(200, 100, 50, 10, 0, 255);
        // 0.75 of the way from -32 to 32 is 16.
        assertThat(distorted(new Told(0.75, true, false, false, false, false), colors))
                .containsExactly(216, 116, 66, 26, 16, 255);
        // 0.75 of the way from 0.5 to 1.5 is 1.25; 50 * 1.25 = 62.5.
        assertThat(distorted(new Told(0.75, false, true, true, false, false), colors))
                .containsExactly(250, 125, 62, 12, 0, 255);
        assertThat(distorted(new Told(0.75, false, false, false, false, true), colors))
                .containsExactly(250, 125, 62, 12, 0, 255);
        // Brightness, then contrast: (200 + 16) * 1.25 is clipped; 66 * 1.25 = 82.5.
        assertThat(distorted(new Told(0.75, true, true, true, false, false), colors))
                .containsExactly(255, 145, 82, 32, 20, 255);
        // Saturation: 191 * 1.25 = 238; (10, 238, 200) has least 200 * (1 - 238 / 255) = 13.3, middle of a third.
        assertThat(distorted(new Told(0.75, false, false, true, false, false), 0xc86432))
                .containsExactly(200, 76, 13);
        // Hue: from -18 to 17, 0.75 of the way is 9: (19, 191, 200), 19 / 30 of the way to yellow.
        assertThat(distorted(new Told(0.75, false, false, false, true, false), 0xc86432))
                .containsExactly(200, 145, 50);
        // From red, -18 + 0.25 * 36 is -9: 9 / 30 of the way to magenta, 60 of 200.
        assertThat(distorted(new Told(0.25, false, false, false, true, false), 0xc80000))
                .containsExactly(200, 0, 60);
    }

    @Test
    void eachStepIsForOneHalf() {
        PhotometricDistortion distortion =
                new PhotometricDistortion(new PhotometricDistortion.Config(32, 0.5, 1.5, 0.5, 1.5, 18));
        Sample sample = sample(3, 1, 0xc86432, 0x3264c8, 0x64c832);
        long same = IntStream.range(0, 4000)
                .filter(seed -> Arrays.equals(
                        distortion
                                .apply(sample, new SplittableRandom(seed))
                                .image()
                                .pixels(),
                        sample.image().pixels()))
                .count();
        // No step: one in 16, 250, with a deviation of 15, and a few more whose changes are too small to show.
        assertThat(same).isBetween(190L, 320L);
    }

    private static Map<Integer, Integer> ranges(Transform transform, int color, int channel, int seeds) {
        Map<Integer, Integer> found = new HashMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            found.merge(
                    channels(transform.apply(sample(1, 1, color), new SplittableRandom(seed)))[channel],
                    1,
                    Integer::sum);
        }
        return found;
    }

    /** 100 * (0.8 to 1.2) + 255 * (-0.2 to 0.2): 29 to 171. */
    @Test
    void brightnessAndContrast() {
        Map<Integer, Integer> found =
                ranges(new BrightnessContrast(new BrightnessContrast.Config(0.2, 0.2, 1)), 0x646464, 0, 3000);
        assertThat(found.keySet())
                .allMatch(level -> level >= 29 && level <= 171)
                .anyMatch(l -> l < 45)
                .anyMatch(l -> l > 155);
        assertThat(ranges(new BrightnessContrast(new BrightnessContrast.Config(0.2, 0.2, 0)), 0x646464, 0, 50))
                .containsOnlyKeys(100);
    }

    /** 255 * (100 / 255) ^ 0.8 to 1.2: 120.6 to 82.9. */
    @Test
    void gamma() {
        Map<Integer, Integer> found = ranges(new Gamma(new Gamma.Config(0.8, 1.2, 1)), 0x646464, 0, 3000);
        assertThat(found.keySet()).allMatch(l -> l >= 82 && l <= 120).contains(83, 120);
        assertThat(ranges(new Gamma(new Gamma.Config(0.5, 0.5, 1)), 0x404040, 0, 1))
                .containsOnlyKeys((int) Math.sqrt(64 * 255.0));
        assertThatThrownBy(() -> new Gamma.Config(2, 1, 0)).hasMessage("min is 2.0, but max is only 1.0");
    }

    /** Value moves by 20 at most, red turns by at most 40 degrees: to 40 / 60 of the way to yellow. */
    @Test
    void hueAndSaturation() {
        HueSaturation change = new HueSaturation(new HueSaturation.Config(20, 0, 0, 1));
        assertThat(ranges(change, 0xff0000, 0, 500)).containsOnlyKeys(255);
        assertThat(ranges(change, 0xff0000, 1, 2000).keySet())
                .allMatch(l -> l <= 170)
                .contains(0)
                .anyMatch(l -> l > 150);
        assertThat(ranges(change, 0xff0000, 2, 2000).keySet()).anyMatch(l -> l > 150);
        assertThat(ranges(new HueSaturation(new HueSaturation.Config(0, 0, 20, 1)), 0x646464, 1, 2000)
                        .keySet())
                .allMatch(l -> l >= 80 && l <= 120)
                .contains(81, 119);
    }

    // CutDepth.

    private static Sample deep(int width, int height, float metres) {
        float[] depth = new float[width * height];
        Arrays.fill(depth, metres);
        return new Sample(
                "a",
                sample(width, height, 0xff0000).image(),
                Map.of(Sample.DEPTH, Raster.depth(width, height, depth)),
                Map.of());
    }

    private static CutDepth cut(double probability, CutDepth.Encoding encoding) {
        return new CutDepth(new CutDepth.Config(probability, 0.75, encoding, 10, 0.001));
    }

    /** GLPDepth: from column int(a W), int(max((W - a W) b 0.75, 1)) columns; with a = b = 0.5 and W = 40, 20 and 7. */
    @Test
    void cutDepthReplacesAStrip() {
        Sample changed = cut(1, CutDepth.Encoding.SCALED).apply(deep(40, 3, 4), new Told(0.5));
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 40; x++) {
                // 4 of 10 metres: 102 of 255.
                assertThat(changed.image().rgb(x, y)).isEqualTo(x >= 20 && x < 27 ? 0x666666 : 0xff0000);
            }
        }
        // 4321 mm are 16 * 256 + 225.
        Sample wrapped = cut(1, CutDepth.Encoding.WRAPPED).apply(deep(40, 3, 4.321f), new Told(0.5));
        assertThat(wrapped.image().rgb(20, 0)).isEqualTo(0xe1e1e1);
        // Even the last column leaves one to replace.
        Sample last = cut(1, CutDepth.Encoding.SCALED).apply(deep(40, 1, 40), new Told(0.9999));
        assertThat(last.image().rgb(39, 0)).isEqualTo(0xffffff);
        assertThat(last.image().rgb(38, 0)).isEqualTo(0xff0000);
    }

    @Test
    void cutDepthIsForSomeSamplesWithDepth() {
        Sample deep = deep(8, 2, 1);
        long cut = IntStream.range(0, 4000)
                .filter(seed -> !cut(0.25, CutDepth.Encoding.SCALED)
                        .apply(deep, new SplittableRandom(seed))
                        .equals(deep))
                .count();
        // 1000 on average, with a deviation of 27.
        assertThat(cut).isBetween(860L, 1140L);
        Sample flat = sample(8, 2, 0);
        assertThat(cut(1, CutDepth.Encoding.SCALED).apply(flat, new SplittableRandom(0)))
                .isSameAs(flat);
    }

    /** What is smaller than the window stays so, and what is larger along one edge is cut there alone. */
    @Test
    void aCropMayLeaveSmallerSamplesSmall() {
        RandomCrop crop = new RandomCrop(new RandomCrop.Config(8, 8, 1, 0, false));
        Sample wide = new Sample("wide", new RgbImage(20, 5, new byte[300]), Map.of(), Map.of());

        RgbImage cut = crop.apply(wide, new SplittableRandom(1)).image();

        assertThat(List.of(cut.width(), cut.height())).containsExactly(8, 5);
    }
}
