package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG files as cameras, other software and broken disks make them. */
class StoredJpegTest {
    private static final String CUT = "a.jpg is damaged: it ends after %s bytes, in the middle of the picture";

    /** Written by the JDK, with half as many colours across and down. */
    static byte[] jpeg(RgbImage image, boolean progressive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image.toBufferedImage(), null, null), settings);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] greyJpeg(int width, int height) throws IOException {
        BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(grey, "jpeg", bytes);
        return bytes.toByteArray();
    }

    static RgbImage noise(int width, int height, long seed) {
        byte[] pixels = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage flat(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 3 == 0 ? red : i % 3 == 1 ? green : blue);
        }
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage read(byte[] file) {
        return ImageFiles.decodeRgb(file, "a.jpg");
    }

    private static void assertSame(byte[] file, byte[] whole) {
        assertThat(read(file).pixels()).isEqualTo(read(whole).pixels());
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(UserException.class).hasMessage(message);
    }

    private static void assertDamaged(byte[] file) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("a.jpg is damaged: ");
    }

    // Sound pictures.

    /** One of two parts of a profile, one twice, none of the first, parts of none, and one for other colours. */
    @ParameterizedTest
    @ValueSource(strings = {"\1\2", "\1\1\1\1", "\2\1", "\0\0", "\1\2\1\2\2\2", "\1\1"})
    void profilesThatAreIncompleteOrDoubledChangeNothing(String numbers) {
        byte[] whole = jpeg(noise(24, 16, 1), false);
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < numbers.length(); i += 2) {
            parts.add(JpegFile.part(
                    JpegFile.PROFILE,
                    "ICC_PROFILE\0" + numbers.substring(i, i + 2) + "\0\0\2\14lcms\2\20\0\0mntrCMYKLab "));
        }
        assertSame(JpegFile.of(whole).beginning(parts.toArray(byte[][]::new)).bytes(), whole);
    }

    @Test
    void whatStandsBesideThePixelsChangesNothing() {
        byte[] whole = jpeg(noise(40, 24, 2), true);
        JpegFile more = JpegFile.of(whole)
                .beginning(
                        new byte[] {-1, -1, -1},
                        JpegFile.part(JpegFile.JFIF, "JFXX\0\20a thumbnail that is none"),
                        JpegFile.part(JpegFile.JFIF, "JFIF\0\1\2\0\0\1\0\1\377\377a cut thumbnail"),
                        JpegFile.part(JpegFile.EXIF, "http://ns.adobe.com/xap/1.0/\0<x/>"),
                        JpegFile.part(0xed, "Photoshop 3.0\0"),
                        JpegFile.part(0xe5, ""),
                        JpegFile.part(0xfe, "a comment"));
        assertSame(more.bytes(), whole);
        List<byte[]> filled = new ArrayList<>();
        for (byte[] part : JpegFile.of(whole).parts()) {
            filled.add(new byte[] {-1, -1});
            filled.add(part);
            if (JpegFile.marker(part) == JpegFile.SCAN) {
                filled.add(JpegFile.part(0xfe, "between the scans"));
            }
        }
        assertSame(new JpegFile(filled).bytes(), whole);
        byte[] longer = Arrays.copyOf(whole, whole.length + 50);
        System.arraycopy(whole, 0, longer, whole.length, 50);
        assertSame(longer, whole);
    }

    /** libjpeg's {@code default_decompress_parms}: without JFIF and Adobe, all but R, G, B is luminance and chrominance. */
    @ParameterizedTest
    @CsvSource({"0, 1, 2", "1, 2, 3", "34, 35, 36", "255, 7, 0", "114, 103, 98"})
    void picturesWithoutMarkersKeepTheirColours(int first, int second, int third) {
        for (boolean progressive : new boolean[] {false, true}) {
            byte[] whole = jpeg(noise(24, 16, 3), progressive);
            JpegFile bare = JpegFile.of(whole).without(JpegFile.JFIF).numbered(first, second, third);
            assertSame(bare.bytes(), whole);
        }
    }

    /** Luminance and chrominance of red (JFIF 1.02): 0.299 * 255, 128 - 0.1687 * 255, 128 + 0.5 * 255. */
    @Test
    void channelsThatAreCalledRgbAreRedGreenAndBlue() {
        JpegFile bare = JpegFile.of(jpeg(flat(16, 16, 255, 0, 0), false)).without(JpegFile.JFIF);
        byte[] adobe = JpegFile.part(JpegFile.ADOBE, "Adobe\0d\0\0\0\0\0");
        for (JpegFile file : List.of(bare.numbered('R', 'G', 'B'), bare.beginning(adobe))) {
            byte[] pixels = read(file.bytes()).pixels();
            for (int i = 0; i < pixels.length; i++) {
                assertThat(pixels[i] & 0xff).isCloseTo(i % 3 == 0 ? 76 : i % 3 == 1 ? 85 : 255, within(2));
            }
        }
    }

    /** JFIF is stronger, and of Adobe's transforms only 0 means red, green and blue. */
    @Test
    void otherMarkersMeanLuminanceAndChrominance() {
        byte[] whole = jpeg(noise(16, 16, 4), false);
        JpegFile file = JpegFile.of(whole);
        assertSame(
                file.beginning(JpegFile.part(JpegFile.ADOBE, "Adobe\0d\0\0\0\0\0"))
                        .bytes(),
                whole);
        for (String transform : List.of("\1", "\2")) {
            byte[] adobe = JpegFile.part(JpegFile.ADOBE, "Adobe\0d\0\0\0\0" + transform);
            assertSame(
                    file.without(JpegFile.JFIF)
                            .numbered('R', 'G', 'B')
                            .beginning(adobe)
                            .bytes(),
                    whole);
        }
    }

    /** As in the frames of films: the tables of the standard (K.3.3) are meant. */
    @Test
    void tablesOfTheStandardMayBeLeftOut() {
        byte[] whole = jpeg(noise(16, 16, 5), false);
        assertSame(JpegFile.of(whole).without(JpegFile.CODES).bytes(), whole);
    }

    // Damage.

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPictureThatIsCutAnywhereIsDamaged(boolean progressive) {
        byte[] whole = jpeg(noise(40, 24, 6), progressive);
        for (int length = 3; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), CUT.formatted(length));
        }
    }

    /** The end was put in its place. */
    @Test
    void aCutPictureWithAnEndIsDamaged() {
        JpegFile progressive = JpegFile.of(jpeg(noise(40, 24, 7), true));
        JpegFile baseline = JpegFile.of(jpeg(noise(40, 24, 7), false));
        assertDamaged(baseline.changed(JpegFile.SCAN, part -> Arrays.copyOf(part, part.length / 2))
                .bytes());
        assertDamaged(progressive
                .changed(JpegFile.SCAN, part -> Arrays.copyOf(part, 12))
                .bytes());
        assertRefused(
                baseline.without(JpegFile.SCAN).bytes(), "a.jpg is damaged: it has no pixels for some of its channels");
        assertRefused(
                baseline.without(JpegFile.FRAME).without(JpegFile.SCAN).bytes(), "a.jpg is damaged: it has no picture");
    }

    /**
     * How some encoders end: a few bytes are no reason to do without a picture. libjpeg does not count up to 8 bytes that
     * it has taken ahead.
     */
    @Test
    void aFewBytesTooManyAreReadAndMoreAreDamage() {
        byte[] whole = jpeg(noise(40, 24, 8), false);
        for (int more = 1; more <= 40; more++) {
            int added = more;
            byte[] longer = JpegFile.of(whole)
                    .changed(JpegFile.SCAN, part -> Arrays.copyOf(part, part.length + added))
                    .bytes();
            if (more <= 8) {
                assertSame(longer, whole);
            } else if (more > 8 + 8) {
                assertDamaged(longer);
            }
        }
    }

    /**
     * A block of a disk in a wrong place moves what follows it. What a decoder makes of it ends within eight bytes of the
     * true end by chance only, so of 200 pictures hardly one is read.
     */
    @Test
    void insertedBlocksAreDamage() {
        byte[] whole = jpeg(noise(96, 64, 9), false);
        SplittableRandom random = new SplittableRandom(9);
        int read = 0;
        for (int i = 0; i < 200; i++) {
            int length = random.nextInt(50, 3051);
            byte[] inserted = JpegFile.of(whole)
                    .changed(JpegFile.SCAN, part -> {
                        int from = random.nextInt(20, part.length - length);
                        int to = part.length / 2;
                        return ByteBuffer.allocate(part.length + length)
                                .put(part, 0, to)
                                .put(part, from, length)
                                .put(part, to, part.length - to)
                                .array();
                    })
                    .bytes();
            try {
                read(inserted);
                read++;
            } catch (UserException e) {
                assertThat(e).hasMessageStartingWith("a.jpg is damaged: ");
            }
        }
        assertThat(read).isLessThanOrEqualTo(6);
    }

    @Test
    void headersThatMakeNoSenseAreDamage() {
        JpegFile file = JpegFile.of(jpeg(noise(16, 16, 10), false));
        assertDamaged(file.beginning(new byte[] {-1, (byte) 0xd8}).bytes());
        assertRefused(
                file.beginning(JpegFile.part(0x12, "abc")).bytes(),
                "a.jpg is damaged: the part at byte 2 is of no known kind, 12");
        assertRefused(
                file.beginning(new byte[] {-1, (byte) 0xe4, 0, 1}).bytes(),
                "a.jpg is damaged: the part at byte 2 has no length");
        assertRefused(
                file.changed(JpegFile.SCAN, part -> {
                            part[5] = 77;
                            return part;
                        })
                        .bytes(),
                "a.jpg is damaged: a scan has a channel 77 that the frame has not");
        JpegFile header = file.changed(JpegFile.FRAME, part -> {
            part[11] = 0x05;
            return part;
        });
        assertRefused(header.bytes(), "a.jpg is damaged: its frame header makes no sense");
    }

    // Other kinds.

    @ParameterizedTest
    @CsvSource({
        "c3, lossless",
        "c5, hierarchical",
        "c9, arithmetic coding",
        "ca, arithmetic coding",
        "cb, arithmetic coding",
        "f7, JPEG-LS"
    })
    void otherKindsAreNamed(String marker, String kind) {
        byte[] file = JpegFile.of(jpeg(noise(16, 16, 11), false))
                .changed(JpegFile.FRAME, part -> {
                    part[1] = (byte) Integer.parseInt(marker, 16);
                    return part;
                })
                .bytes();
        assertOtherKind(file, kind);
    }

    private static void assertOtherKind(byte[] file, String kind) {
        assertRefused(
                file,
                "a.jpg is a JPEG of a kind that is not read (%s). Convert it to baseline JPEG or usual PNG."
                        .formatted(kind));
    }

    @ParameterizedTest
    @CsvSource({"4, 12, 12 bits a sample", "11, 0x31, channels whose sizes have no whole ratio"})
    void otherHeadersAreNamed(int at, String value, String kind) {
        JpegFile file = JpegFile.of(jpeg(noise(16, 16, 11), false)).changed(JpegFile.FRAME, part -> {
            part[at] = Integer.decode(value).byteValue();
            part[14] = at == 11 ? 0x21 : part[14];
            return part;
        });
        assertOtherKind(file.bytes(), kind);
    }

    @Test
    void aHeightThatFollowsThePixelsIsNamed() {
        JpegFile file = JpegFile.of(jpeg(noise(16, 16, 11), false)).changed(JpegFile.FRAME, part -> {
            part[5] = 0;
            part[6] = 0;
            return part;
        });
        assertOtherKind(file.bytes(), "its height follows its pixels");
    }

    // Sizes.

    private static JpegFile sized(JpegFile file, int width, int height) {
        for (int marker : new int[] {JpegFile.FRAME, JpegFile.PROGRESSIVE_FRAME}) {
            file = file.changed(marker, part -> {
                ByteBuffer.wrap(part).putShort(5, (short) height).putShort(7, (short) width);
                return part;
            });
        }
        return file;
    }

    /** 3250 x 3250 blocks of at least two bits need 2.6 MB. What stands beside the pixels does not count. */
    @Test
    void aHugeHeaderBeforeFewPixelsIsRefusedBeforeDecoding() throws IOException {
        JpegFile huge = sized(JpegFile.of(greyJpeg(16, 16)), 26000, 26000);
        List<byte[]> comments = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            comments.add(JpegFile.part(0xfe, new byte[60000]));
        }
        byte[] file = huge.beginning(comments.toArray(byte[][]::new)).bytes();
        assertRefused(
                file, "a.jpg is damaged: its %s bytes are too few for 26000 x 26000 pixels".formatted(file.length));
    }

    /** 4096 x 4096 pixels in 64 scans are 2^30, the most that is decoded; the first scan has a bit for each of 2^18 blocks. */
    @Test
    void aPictureOfVeryManyScansIsRefusedBeforeDecoding() {
        assertRefused(scans(65), "a.jpg is too large: 4096 x 4096 pixels in 65 scans");
        assertThatThrownBy(() -> read(scans(64))).hasMessageStartingWith("a.jpg is damaged: ");
    }

    private static byte[] scans(int count) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(JpegFile.part(JpegFile.PROGRESSIVE_FRAME, "\10\20\0\20\0\1\1\21\0"));
        parts.add(JpegFile.part(JpegFile.SCAN, "\1\1\0\0\0\0"));
        parts.add(new byte[(1 << 18) / 8]);
        for (int i = 1; i < count; i++) {
            parts.add(JpegFile.part(JpegFile.SCAN, "\1\1\0\1\77\0"));
        }
        parts.add(new byte[] {-1, (byte) JpegFile.END});
        return new JpegFile(parts).bytes();
    }

    @Test
    void moreThanLibjpegsSidesAreTooLarge() throws IOException {
        assertRefused(
                sized(JpegFile.of(greyJpeg(8, 8)), 65501, 8).bytes(),
                "a.jpg is too large: 65501 x 8 pixels, but a JPEG of up to 65500 a side is read");
    }
}
