package io.iedp.datasets.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {
    private static RgbImage grey(int width, int height, int... levels) {
        byte[] pixels = new byte[levels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) levels[i / 3];
        }
        return new RgbImage(width, height, pixels);
    }

    private static int[] levels(RgbImage image) {
        int[] levels = new int[image.width() * image.height()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = image.pixels()[3 * i] & 0xff;
        }
        return levels;
    }

    /** The centres of four pixels lie at 0.25, 0.75, 1.25 and 1.75 of two, whose own are at 0.5 and 1.5. */
    @Test
    void enlargingBlendsBetweenCentres() {
        assertThat(levels(Resampling.AVERAGED.triangle(grey(2, 1, 0, 100), 4, 1)))
                .containsExactly(0, 25, 75, 100);
        assertThat(levels(Resampling.AVERAGED.triangle(grey(1, 2, 0, 100), 1, 4)))
                .containsExactly(0, 25, 75, 100);
    }

    /** The first of two pixels has its centre at 1 of four; a triangle of half width 2 weighs 0.75, 0.75 and 0.25. */
    @Test
    void reducingAveragesWhatIsCovered() {
        // (0.75 * 0 + 0.75 * 70 + 0.25 * 140) / 1.75 = 50, and (0.25 * 70 + 0.75 * 140 + 0.75 * 210) / 1.75 = 160.
        assertThat(levels(Resampling.AVERAGED.triangle(grey(4, 1, 0, 70, 140, 210), 2, 1)))
                .containsExactly(50, 160);
    }

    @ParameterizedTest
    @CsvSource({"7, 5", "13, 9", "20, 31", "1, 1", "26, 3"})
    void isTheWeightedMeanOfTheTriangle(int width, int height) {
        RgbImage image = new RgbImage(13, 9, new byte[13 * 9 * 3]);
        new SplittableRandom(1).nextBytes(image.pixels());
        RgbImage resized = Resampling.AVERAGED.triangle(image, width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double sum = 0;
                    double weights = 0;
                    for (int fromY = 0; fromY < 9; fromY++) {
                        for (int fromX = 0; fromX < 13; fromX++) {
                            double weight = triangle(x, fromX, 13.0 / width) * triangle(y, fromY, 9.0 / height);
                            sum += weight * (image.pixels()[3 * (fromY * 13 + fromX) + channel] & 0xff);
                            weights += weight;
                        }
                    }
                    assertThat(resized.pixels()[3 * (y * width + x) + channel] & 0xff)
                            .isCloseTo((int) Math.round(sum / weights), within(1));
                    assertThat((double) (resized.pixels()[3 * (y * width + x) + channel] & 0xff))
                            .isCloseTo(sum / weights, within(0.501));
                }
            }
        }
    }

    private static double triangle(int to, int from, double scale) {
        double distance = Math.abs((to + 0.5) * scale - (from + 0.5));
        return Math.max(0, 1 - distance / Math.max(1, scale));
    }

    @Test
    void nearestTakesThePixelThatHoldsTheCentre() {
        Raster raster = Raster.labels(4, 1, new float[] {10, 11, 12, 13});
        // Centres at 0.67, 2 and 3.33 of four.
        assertThat(Resampling.AVERAGED.nearest(raster, 3, 1).values()).containsExactly(10, 12, 13);
        assertThat(Resampling.AVERAGED.nearest(raster, 8, 1).values()).containsExactly(10, 10, 11, 11, 12, 12, 13, 13);
        Raster depth = new Raster(1, 2, 2, new float[] {1, 2, 3, 4}, 0);
        assertThat(Resampling.AVERAGED.nearest(depth, 1, 4).values()).containsExactly(1, 1, 2, 2, 3, 3, 4, 4);
        assertThat(Resampling.AVERAGED.nearest(depth, 1, 4).channels()).isEqualTo(2);
    }

    /** Of five pixels, the centres of two are at 1.25 and 3.75, between those at 0.5 and 1.5, and at 3.5 and 4.5. */
    @Test
    void openCvLooksAtTwoPixelsAlongAnEdge() {
        // 0.25 * 0 + 0.75 * 100 = 75, and 0.75 * 40 + 0.25 * 240 = 90.
        assertThat(levels(Resampling.OPENCV.triangle(grey(5, 1, 0, 100, 7, 40, 240), 2, 1)))
                .containsExactly(75, 90);
        assertThat(levels(Resampling.OPENCV.triangle(grey(2, 1, 0, 100), 4, 1))).containsExactly(0, 25, 75, 100);
    }

    /** Pixels 0, 1 and 2 of three at 0, 1.33 and 2.67 of four. */
    @Test
    void openCvTakesLabelsAtThePlaceTimesTheScale() {
        Raster raster = Raster.labels(4, 1, new float[] {10, 11, 12, 13});
        assertThat(Resampling.OPENCV.nearest(raster, 3, 1).values()).containsExactly(10, 11, 12);
        assertThat(Resampling.OPENCV.nearest(raster, 2, 1).values()).containsExactly(10, 12);
        assertThat(Resampling.OPENCV.nearest(raster, 8, 1).values()).containsExactly(10, 10, 11, 11, 12, 12, 13, 13);
    }
}
