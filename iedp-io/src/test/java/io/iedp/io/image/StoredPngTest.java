package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG files with what other software adds to them. */
class StoredPngTest {
    private static int[] rgb(byte[] file) {
        RgbImage image = ImageFiles.decodeRgb(file, "a.png");
        return IntStream.range(0, image.width()).map(x -> image.rgb(x, 0)).toArray();
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> ImageFiles.decodeRgb(file, "a.png"))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    /** How GDAL says that a value means nothing. */
    @Test
    void mapsWithATransparentValueKeepTheirValues() {
        byte[] labels = PngFile.start(PngFile.GREY, 8, 4).chunk("tRNS", 0, 2).end(8, 0, 1, 2, 3);
        assertThat(ImageFiles.decodeLabels(labels, "a.png").values()).containsExactly(0, 1, 2, 3);
        byte[] few = PngFile.start(PngFile.GREY, 2, 4).chunk("tRNS", 0, 2).end(2, 0, 1, 2, 3);
        assertThat(ImageFiles.decodeLabels(few, "a.png").values()).containsExactly(0, 1, 2, 3);
        byte[] depth = PngFile.start(PngFile.GREY, 16, 3).chunk("tRNS", 1, 0).end(16, 256, 1, 65535);
        assertThat(ImageFiles.decodeDepth(depth, 1, "a.png").values()).containsExactly(256, 1, 65535);
    }

    @Test
    void picturesWithATransparentColourKeepTheirColours() {
        byte[] colors =
                PngFile.start(PngFile.RGB, 8, 2).chunk("tRNS", 0, 1, 0, 2, 0, 3).end(8, 1, 2, 3, 4, 5, 6);
        assertThat(rgb(colors)).containsExactly(0x010203, 0x040506);
        byte[] grey = PngFile.start(PngFile.GREY, 16, 2).chunk("tRNS", 0x12, 0).end(16, 0x1200, 0xfe00);
        assertThat(rgb(grey)).containsExactly(0x121212, 0xfefefe);
    }

    /** libpng passes over it with a warning. */
    @Test
    void aTransparentColourBesideOpacityChangesNothing() {
        byte[] colors = PngFile.start(PngFile.RGB_ALPHA, 8, 1)
                .chunk("tRNS", 0, 1, 0, 2, 0, 3)
                .end(8, 1, 2, 3, 4);
        assertThat(rgb(colors)).containsExactly(0x010203);
        byte[] grey =
                PngFile.start(PngFile.GREY_ALPHA, 8, 1).chunk("tRNS", 0, 1).end(8, 1, 4);
        assertThat(rgb(grey)).containsExactly(0x010101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gAMA", "sRGB", "iCCP", "cHRM", "sBIT", "bKGD", "hIST", "tEXt", "zTXt", "iTXt", "tIME", "eXIf", "prVt"
            })
    void whatIsInOtherPartsChangesNothing(String type) {
        for (int[] nonsense : new int[][] {{}, {0}, {1, 2, 3, 4, 5, 6, 7, 8, 9}}) {
            byte[] file = PngFile.start(PngFile.RGB, 8, 1).chunk(type, nonsense).end(8, 1, 2, 3);
            assertThat(rgb(file)).containsExactly(0x010203);
        }
    }

    @Test
    void indicesBeyondThePaletteAreBlack() {
        byte[] file =
                PngFile.start(PngFile.PALETTE, 8, 3).chunk("PLTE", 10, 20, 30).end(8, 0, 1, 255);
        assertThat(rgb(file)).containsExactly(0x0a141e, 0, 0);
        assertThat(ImageFiles.decodeLabels(file, "a.png").values()).containsExactly(0, 1, 255);
    }

    @Test
    void whatMustBeUnderstoodIsNamed() {
        assertRefused(
                PngFile.start(PngFile.RGB, 8, 1).chunk("CgBI", 1).end(8, 1, 2, 3),
                "a.png is a PNG of a kind that is not read (with a part CgBI). Convert it to baseline JPEG or usual PNG.");
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "2, 4", "3, 16", "4, 4", "6, 2", "1, 8", "7, 8"})
    void bitsMustGoWithTheTypeOfColours(int type, int bits) {
        assertRefused(PngFile.start(type, bits, 1).end(8, 0, 0, 0, 0), "a.png is damaged: its header makes no sense");
    }

    @Test
    void missingPartsAreDamage() {
        assertRefused(PngFile.row(PngFile.PALETTE, 8, 1, 0), "a.png is damaged: its palette is missing");
        assertRefused(
                PngFile.start(PngFile.PALETTE, 8, 1).chunk("PLTE", 1, 2).end(8, 0),
                "a.png is damaged: its palette has 2 bytes");
        assertRefused(PngFile.row(PngFile.GREY, 8, 9, 1, 2), "a.png is damaged: its pixels end too early");
        assertRefused(
                PngFile.start(PngFile.GREY, 8, 1).chunk("IDAT", 1, 2, 3).end(8, 0),
                "a.png is damaged: its pixels make no sense: incorrect header check");
    }
}
