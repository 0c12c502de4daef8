package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.LegendEntry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthPicturesTest {
    private static final int YELLOW = 0xfde725;
    private static final int VIOLET = 0x440154;
    private static final Raster DEPTH = Raster.depth(4, 1, new float[] {10, 0, Float.NaN, 1e-6f});
    private static final RgbImage GREY =
            new RgbImage(4, 1, new byte[] {100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100});

    @Test
    void nearIsBrightFarIsDarkAndNothingIsBlack() {
        RgbImage drawn = new DepthPictures(10, 1).draw(DEPTH);
        assertThat(drawn.rgb(0, 0)).isEqualTo(VIOLET);
        assertThat(drawn.rgb(1, 0)).isZero();
        assertThat(drawn.rgb(2, 0)).isZero();
        assertThat(drawn.rgb(3, 0)).isEqualTo(YELLOW);
    }

    /** Luma by Rec. 709 grows all along the map. */
    @Test
    void brightnessGrowsAlongTheMap() {
        double before = -1;
        for (int i = 0; i <= 1000; i++) {
            int color = ColorMap.color(i / 1000.0);
            double luma = 0.2126 * (color >> 16) + 0.7152 * (color >> 8 & 0xff) + 0.0722 * (color & 0xff);
            assertThat(luma).isGreaterThan(before - 0.6);
            before = Math.max(before, luma);
        }
        assertThat(ColorMap.color(-1)).isEqualTo(VIOLET);
        assertThat(ColorMap.color(2)).isEqualTo(YELLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 5, '0 2 4 6 8 10'",
        "80, 5, '0 20 40 60 80'",
        "4, 8, '0 0.5 1 1.5 2 2.5 3 3.5 4'",
        "7.5, 1, '0'",
        "10, 1, '0 10'",
        "1, 10, '0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1'"
    })
    void ticksAreRound(double max, int most, String expected) {
        assertThat(new DepthPictures(max, 1)
                        .ticks(most).stream()
                                .map(tick -> String.valueOf(tick).replaceAll("\\.0$", ""))
                                .toList())
                .containsExactly(expected.split(" "));
    }

    @Test
    void theLegendSaysWhatTheColorsMean() {
        assertThat(new DepthPictures(10, 1).legend())
                .hasSize(6)
                .startsWith(new LegendEntry("0 m", YELLOW))
                .endsWith(new LegendEntry("10 m", VIOLET));
    }

    @Test
    void theScaleIsBelowThePicture() {
        RgbImage image = new RgbImage(200, 30, new byte[200 * 30 * 3]);
        float[] metres = new float[200 * 30];
        Arrays.fill(metres, 10);
        RgbImage overlay = new DepthPictures(10, 1).overlay(image, Raster.depth(200, 30, metres));
        assertThat(overlay.width()).isEqualTo(200);
        assertThat(overlay.height()).isGreaterThan(30 + 20);
        assertThat(overlay.rgb(199, 29)).isEqualTo(VIOLET);
        assertThat(overlay.rgb(0, 30)).isEqualTo(YELLOW);
        assertThat(overlay.rgb(199, 30)).isEqualTo(VIOLET);
        int written = 0;
        for (int y = 44; y < overlay.height(); y++) {
            for (int x = 0; x < 200; x++) {
                written += (overlay.rgb(x, y) & 0xff) > 128 ? 1 : 0;
            }
        }
        assertThat(written).isGreaterThan(20);
        assertThat(new DepthPictures(10, 1).overlay(GREY, DEPTH).width()).isEqualTo(4);
    }

    /** A quarter of 0x440154 on three quarters of grey 100: 75 + 17, 75 + 0.25, 75 + 21. */
    @Test
    void colorsMayLetThePictureThrough() {
        RgbImage overlay = new DepthPictures(10, 0.25).overlay(GREY, DEPTH);
        assertThat(overlay.rgb(0, 0)).isEqualTo(92 << 16 | 75 << 8 | 96);
        assertThat(overlay.rgb(1, 0)).isEqualTo(0x4b4b4b);
        assertThat(GREY.rgb(0, 0)).isEqualTo(0x646464);
    }

    @Test
    void overlayNeedsOneSize() {
        assertThatThrownBy(() -> new DepthPictures(10, 1).overlay(new RgbImage(1, 1, new byte[3]), DEPTH))
                .hasMessage("The picture is 1 x 1, its depth is 4 x 1");
    }
}
