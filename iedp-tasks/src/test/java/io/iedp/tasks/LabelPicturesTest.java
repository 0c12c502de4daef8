package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.LegendEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPicturesTest {
    private static final List<ClassInfo> CLASSES =
            List.of(new ClassInfo("wall", 0xff8000), new ClassInfo("floor", 0x0000ff));
    private static final Raster LABELS = Raster.labels(3, 1, new float[] {0, 1, Raster.IGNORE});
    private static final RgbImage GREY = new RgbImage(3, 1, new byte[] {100, 100, 100, 100, 100, 100, 100, 100, 100});

    private static List<Integer> colors(RgbImage image) {
        return List.of(image.rgb(0, 0), image.rgb(1, 0), image.rgb(2, 0));
    }

    @Test
    void labelsHaveTheColorsOfTheLegend() {
        LabelPictures pictures = new LabelPictures(CLASSES, 0.5);
        assertThat(colors(pictures.draw(LABELS))).containsExactly(0xff8000, 0x0000ff, 0);
        assertThat(pictures.legend())
                .containsExactly(new LegendEntry("wall", 0xff8000), new LegendEntry("floor", 0x0000ff));
    }

    /** A quarter of the colour on three quarters of the picture: 0.25 * 255 + 75 = 138.75, 0.25 * 128 + 75 = 107. */
    @Test
    void overlayBlends() {
        assertThat(colors(new LabelPictures(CLASSES, 0.25).overlay(GREY, LABELS)))
                .containsExactly(0x8b6b4b, 0x4b4b8b, 0x646464);
        assertThat(colors(new LabelPictures(CLASSES, 0).overlay(GREY, LABELS))).containsOnly(0x646464);
        assertThat(colors(new LabelPictures(CLASSES, 1).overlay(GREY, LABELS)))
                .containsExactly(0xff8000, 0x0000ff, 0x646464);
        assertThat(GREY.rgb(0, 0)).isEqualTo(0x646464);
    }

    @Test
    void overlayNeedsOneSize() {
        assertThatThrownBy(() -> new LabelPictures(CLASSES, 1).overlay(new RgbImage(1, 1, new byte[3]), LABELS))
                .hasMessage("The picture is 1 x 1, its labels are 3 x 1");
    }
}
