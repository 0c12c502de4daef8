package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Photographs that are neither JPEG nor PNG. The WebP files are of libwebp 1.2.4 ({@code cwebp}, {@code webpmux}). */
class OtherPictureTest {
    private static final String LOSSLESS =
            "UklGRjQAAABXRUJQVlA4TCgAAAAvB8AAAJkyRPQ/NhHR/4BCthGggc2f7B6F8VCQtgEL252YAECywPMH";
    private static final String TURNED =
            "UklGRmgAAABXRUJQVlA4WAoAAAAIAAAABwAAAwAAVlA4TCgAAAAvB8AAAJkyRPQ/NhHR/4BCthGggc2f7B6F"
                    + "8VCQtgEL252YAECywPMHRVhJRhoAAABJSSoACAAAAAEAEgEDAAEAAAAGAAAAAAAAAA==";
    private static final String LOSSY =
            "UklGRnQAAABXRUJQVlA4IGgAAADQAgCdASoIAAQAAIAIJbACdLoB+AH6gM//A9D6sUgAAP7/q/2v/v7noYl/hbuP"
                    + "mSAsRUdTY//UfHhf8f8ShZcFvwJ3LqP2f9cuk/+bj+Bf6LiCf0beU3/Dv9DS/sbN3/+aoa398gAAAA==";

    /** What {@code dwebp} makes of the lossy one. */
    private static final String DECODED =
            "AAcAEgwALQkASwkAagoAhgsAoggBtQ4GDTUAITsHPDkKWjoQeTsXlzocszkgxz0oCXQAHnkLO3kUWnkfeXkpl3k0"
                    + "s3k9yX5HF6MQK6kdS6gpa6k3iadCqKlQxqlc27Bo";

    /** What the files were made of: red grows to the right, green downwards, blue both ways. */
    private static RgbImage pattern() {
        return pattern(4);
    }

    private static RgbImage pattern(int height) {
        byte[] pixels = new byte[8 * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < 8; x++) {
                int at = (y * 8 + x) * 3;
                pixels[at] = (byte) (x * 30);
                pixels[at + 1] = (byte) (y * 60);
                pixels[at + 2] = (byte) (x * y * 5);
            }
        }
        return new RgbImage(8, height, pixels);
    }

    private static RgbImage read(byte[] bytes) {
        return ImageFiles.decodeRgb(bytes, "file");
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** With 12 rows: of interlaced GIF with less than 5, the JDK's decoder loses one. */
    private static byte[] written(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BufferedImage image = pattern(12).toBufferedImage();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static void assertSame(RgbImage image, RgbImage expected) {
        assertThat(image.width()).isEqualTo(expected.width());
        assertThat(image.height()).isEqualTo(expected.height());
        assertThat(image.pixels()).isEqualTo(expected.pixels());
    }

    @Test
    void losslessWebpHasItsPixels() {
        assertSame(read(bytes(LOSSLESS)), pattern());
    }

    /** Decoders may fill in colours between their samples each in its own way, but not the lightness. */
    @Test
    void lossyWebpIsAsOthersDecodeIt() {
        byte[] pixels = read(bytes(LOSSY)).pixels();
        byte[] expected = bytes(DECODED);
        assertThat(pixels).hasSameSizeAs(expected);
        for (int i = 0; i < pixels.length; i += 3) {
            assertThat(lightness(pixels, i)).isCloseTo(lightness(expected, i), Offset.offset(12.0));
        }
    }

    private static double lightness(byte[] pixels, int at) {
        return 0.299 * (pixels[at] & 0xff) + 0.587 * (pixels[at + 1] & 0xff) + 0.114 * (pixels[at + 2] & 0xff);
    }

    /** Orientation 6: the top of what was seen is at the right of what is stored. */
    @Test
    void webpIsTurnedAsItsExifSays() {
        RgbImage upright = read(bytes(TURNED));
        RgbImage stored = pattern();
        assertThat(upright.width()).isEqualTo(4);
        assertThat(upright.height()).isEqualTo(8);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 4; x++) {
                assertThat(upright.rgb(x, y)).isEqualTo(stored.rgb(y, 3 - x));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "gif", "tiff"})
    void whatTheJdkWritesIsReadBack(String format) throws IOException {
        assertSame(read(written(format)), pattern(12));
    }

    /** TIFF 6.0: two pixels, red and blue, stored in a row and seen one above the other. */
    @Test
    void tiffIsTurnedAsItsTagsSay() {
        int[][] tags = {
            {256, 4, 1, 2},
            {257, 4, 1, 1},
            {258, 3, 1, 8},
            {259, 3, 1, 1},
            {262, 3, 1, 2},
            {273, 4, 1, 8},
            {274, 3, 1, 6},
            {277, 3, 1, 3},
            {278, 4, 1, 1},
            {279, 4, 1, 6}
        };
        ByteBuffer file = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'I', 'I', '*', 0}).putInt(14);
        file.put(new byte[] {-1, 0, 0, 0, 0, -1}).putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0])
                    .putShort((short) tag[1])
                    .putInt(tag[2])
                    .putInt(tag[3]);
        }
        file.putInt(0);

        RgbImage image = read(Arrays.copyOf(file.array(), file.position()));

        assertSame(image, new RgbImage(1, 2, new byte[] {-1, 0, 0, 0, 0, -1}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "gif", "tiff", "webp"})
    void halfAFileIsDamaged(String format) throws IOException {
        byte[] whole = format.equals("webp") ? bytes(LOSSY) : written(format);
        for (int length : new int[] {whole.length / 2, 16, whole.length - 12}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("file is ");
        }
    }

    @Test
    void noneOfThemIsALabelMap() throws IOException {
        byte[] gif = written("gif");
        assertThatThrownBy(() -> ImageFiles.decodeLabels(gif, "file"))
                .isInstanceOf(UserException.class)
                .hasMessage("file is a GIF picture. A label map must be PNG.");
    }
}
