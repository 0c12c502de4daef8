package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedImagesTest {
    private static final int[][] COLORS = {{0x102030, 0xff0000, 0x00ff01}, {0xfefdfc, 0x000000, 0x8040c0}};

    private static BufferedImage filled(int type) {
        BufferedImage image = new BufferedImage(3, 2, type);
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                image.setRGB(x, y, 0xff000000 | COLORS[y][x]);
            }
        }
        return image;
    }

    private static void assertColors(RgbImage image, int left, int top) {
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                assertThat(image.rgb(x, y)).as("(%s, %s)", x, y).isEqualTo(COLORS[y + top][x + left]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    void everyTypeOfEightBitsKeepsItsColorsAlsoInParts(int type) {
        BufferedImage image = filled(type);

        assertColors(RgbImage.of(image), 0, 0);
        assertColors(RgbImage.of(image.getSubimage(1, 1, 2, 1)), 1, 1);
    }

    /** 5, 6 and 5 bits of 31, 63 and 31: the ends of the ranges stay ends. */
    @Test
    void fewerBitsAreSpreadOverTheRange() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_565_RGB);
        image.getRaster().setPixel(0, 0, new int[] {31, 63, 0});
        image.getRaster().setPixel(1, 0, new int[] {1, 1, 16});

        RgbImage read = RgbImage.of(image);

        assertThat(read.rgb(0, 0)).isEqualTo(0xffff00);
        assertThat(read.rgb(1, 0)).isEqualTo((255 / 31) << 16 | (255 / 63) << 8 | 16 * 255 / 31);
    }

    /** The JDK takes grey values for linear ones when it converts them; files mean the numbers as they are. */
    @Test
    void greyStaysWhatIsStored() {
        BufferedImage eight = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        eight.getRaster().setSample(0, 0, 0, 100);
        BufferedImage sixteen = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        sixteen.getRaster().setSample(0, 0, 0, 0x64ff);

        assertThat(RgbImage.of(eight).rgb(0, 0)).isEqualTo(0x646464);
        assertThat(RgbImage.of(sixteen).rgb(0, 0)).isEqualTo(0x646464);
    }

    @Test
    void aPaletteIsLookedUpAndOpacityIsLeftOut() {
        byte[] red = {0, (byte) 200};
        BufferedImage palette = new BufferedImage(
                2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, new byte[2], new byte[2]));
        palette.getRaster().setSample(1, 0, 0, 1);

        assertThat(RgbImage.of(palette).rgb(1, 0)).isEqualTo(200 << 16);
        for (int type : new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE}) {
            BufferedImage half = new BufferedImage(1, 1, type);
            half.setRGB(0, 0, 0x80ff6400);
            assertThat(RgbImage.of(half).rgb(0, 0)).isEqualTo(0xff6400);
        }
    }
}
