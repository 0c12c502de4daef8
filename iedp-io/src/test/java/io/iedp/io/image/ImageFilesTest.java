package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("picture"), bytes);
    }

    private int[] rgb(byte[] bytes) throws IOException {
        RgbImage image = ImageFiles.readRgb(file(bytes));
        return IntStream.range(0, image.width()).map(x -> image.rgb(x, 0)).toArray();
    }

    private float[] labels(byte[] bytes) throws IOException {
        return ImageFiles.readLabels(file(bytes)).values();
    }

    private static RgbImage noise(int width, int height, long seed) {
        byte[] pixels = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    /** Colours that change slowly, which JPEG keeps well. */
    private static RgbImage slope(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            pixels[3 * i] = (byte) (255 * (i % width) / width);
            pixels[3 * i + 1] = (byte) (255 * (i / width) / height);
            pixels[3 * i + 2] = (byte) 90;
        }
        return new RgbImage(width, height, pixels);
    }

    private byte[] jpeg(RgbImage image) throws IOException {
        ImageFiles.writeJpeg(image, folder.resolve("a.jpg"));
        return Files.readAllBytes(folder.resolve("a.jpg"));
    }

    private byte[] png(RgbImage image) throws IOException {
        ImageFiles.writePng(image, folder.resolve("a.png"));
        return Files.readAllBytes(folder.resolve("a.png"));
    }

    // Pictures.

    @ParameterizedTest
    @CsvSource({"1, 0xffffff", "2, 0x555555", "4, 0x111111", "8, 0x010101"})
    void greyOfFewBitsSpansBlackToWhite(int bits, String step) throws IOException {
        int[] levels = {0, 1, (1 << bits) - 1};
        assertThat(rgb(PngFile.row(PngFile.GREY, bits, 3, levels))).containsExactly(0, Integer.decode(step), 0xffffff);
        assertThat(labels(PngFile.row(PngFile.GREY, bits, 3, levels))).containsExactly(0, 1, levels[2]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void palettes(int bits) throws IOException {
        byte[] png = PngFile.start(PngFile.PALETTE, bits, 3)
                .chunk("PLTE", 10, 20, 30, 200, 100, 50)
                .end(bits, 1, 0, 1);
        assertThat(rgb(png)).containsExactly(0xc86432, 0x0a141e, 0xc86432);
        assertThat(labels(png)).containsExactly(1, 0, 1);
    }

    @Test
    void colors() throws IOException {
        assertThat(rgb(PngFile.row(PngFile.RGB, 8, 2, 1, 2, 3, 250, 251, 252))).containsExactly(0x010203, 0xfafbfc);
    }

    @Test
    void sixteenBitsAreCutDownToTheUpperEight() throws IOException {
        assertThat(rgb(PngFile.row(PngFile.GREY, 16, 2, 0x12ff, 0xfe01))).containsExactly(0x121212, 0xfefefe);
        assertThat(rgb(PngFile.row(PngFile.RGB, 16, 1, 0x12ff, 0x3480, 0x5600))).containsExactly(0x123456);
    }

    /** As Pillow's {@code convert("RGB")} and OpenCV's {@code IMREAD_COLOR}: the colours as they are stored. */
    @Test
    void opacityIsLeftOut() throws IOException {
        assertThat(rgb(PngFile.row(PngFile.RGB_ALPHA, 8, 3, 100, 50, 255, 51, 9, 8, 7, 0, 9, 8, 7, 255)))
                .containsExactly(0x6432ff, 0x090807, 0x090807);
        assertThat(rgb(PngFile.row(PngFile.RGB_ALPHA, 16, 1, 0x6400, 0x3200, 0xff00, 0x3300)))
                .containsExactly(0x6432ff);
        assertThat(rgb(PngFile.row(PngFile.GREY_ALPHA, 8, 2, 100, 51, 100, 0))).containsExactly(0x646464, 0x646464);
        assertThat(rgb(PngFile.row(PngFile.GREY_ALPHA, 16, 1, 0x6400, 0x3300))).containsExactly(0x646464);
        byte[] palette = PngFile.start(PngFile.PALETTE, 8, 2)
                .chunk("PLTE", 100, 50, 255, 1, 2, 3)
                .chunk("tRNS", 51)
                .end(8, 0, 1);
        assertThat(rgb(palette)).containsExactly(0x6432ff, 0x010203);
    }

    @Test
    void interlacedPicturesAreTheSame() throws IOException {
        RgbImage image = noise(19, 13, 1);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(ImageIO.read(new ByteArrayInputStream(png(image))), null, null), settings);
        }
        assertThat(bytes.toByteArray()).isNotEqualTo(png(image));
        assertThat(ImageFiles.readRgb(file(bytes.toByteArray())).pixels()).isEqualTo(image.pixels());
    }

    @Test
    void pngKeepsEveryPixel() throws IOException {
        RgbImage image = noise(31, 17, 2);
        RgbImage read = ImageFiles.readRgb(file(png(image)));
        assertThat(read.width()).isEqualTo(31);
        assertThat(read.height()).isEqualTo(17);
        assertThat(read.pixels()).isEqualTo(image.pixels());
    }

    @Test
    void jpegIsWhatTheJdkShows() throws IOException {
        byte[] bytes = jpeg(noise(37, 23, 3));
        RgbImage read = ImageFiles.readRgb(file(bytes));
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(bytes));
        for (int y = 0; y < 23; y++) {
            for (int x = 0; x < 37; x++) {
                assertThat(read.rgb(x, y)).isEqualTo(shown.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @Test
    void jpegIsCloseToWhatWasWritten() throws IOException {
        RgbImage image = slope(64, 48);
        byte[] read = ImageFiles.readRgb(file(jpeg(image))).pixels();
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i] & 0xff).isCloseTo(image.pixels()[i] & 0xff, within(8));
        }
    }

    @Test
    void greyJpeg() throws IOException {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        byte[] levels = new byte[256];
        Arrays.fill(levels, (byte) 77);
        grey.getRaster().setDataElements(0, 0, 16, 16, levels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(grey, "jpg", bytes);
        assertThat(rgb(bytes.toByteArray())).containsOnly(0x4d4d4d);
    }

    /**
     * EXIF 2.32, 4.6.4: where row 0 and column 0 of the stored picture are seen. The stored picture is brightest where
     * they meet, and gets darker faster down column 0 than along row 0.
     */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void orientation(int code, String row, String column) throws IOException {
        byte[] pixels = new byte[64 * 32 * 3];
        for (int i = 0; i < 64 * 32; i++) {
            int x = i % 64;
            int y = i / 64;
            Arrays.fill(pixels, 3 * i, 3 * i + 3, (byte) (255 - 2 * x - 3 * y));
        }
        byte[] stored = jpeg(new RgbImage(64, 32, pixels));
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            RgbImage seen = ImageFiles.readRgb(file(withOrientation(stored, code, order)));
            boolean turned = row.equals("left") || row.equals("right");
            assertThat(seen.width()).isEqualTo(turned ? 32 : 64);
            boolean right = row.equals("right") || column.equals("right");
            boolean bottom = row.equals("bottom") || column.equals("bottom");
            for (int along = 0; along < 64; along += 21) {
                for (int down = 0; down < 32; down += 10) {
                    int x = turned ? down : along;
                    int y = turned ? along : down;
                    int level = seen.rgb(right ? seen.width() - 1 - x : x, bottom ? seen.height() - 1 - y : y) & 0xff;
                    assertThat(level).isCloseTo(255 - 2 * along - 3 * down, within(6));
                }
            }
        }
    }

    /** 28 mm on a diagonal of 43.27 mm; the picture's is 80 pixels. */
    @Test
    void theFocalLengthIsBroughtToPixels() throws IOException {
        byte[] stored = jpeg(new RgbImage(64, 48, new byte[64 * 48 * 3]));
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            ByteBuffer tiff = ByteBuffer.allocate(44).order(order);
            tiff.putInt(order == ByteOrder.BIG_ENDIAN ? 0x4d4d002a : 0x002a4949).putInt(8);
            tiff.putShort((short) 1)
                    .putShort((short) 0x8769)
                    .putShort((short) 4)
                    .putInt(1)
                    .putInt(26)
                    .putInt(0);
            tiff.putShort((short) 1)
                    .putShort((short) 0xa405)
                    .putShort((short) 3)
                    .putInt(1)
                    .putShort((short) 28);
            assertThat(ImageFiles.focalLength(file(withExif(stored, tiff.array())))
                            .orElseThrow())
                    .isCloseTo(28 * 80 / Math.sqrt(36 * 36 + 24 * 24), within(1e-9));
            tiff.putInt(18, 4_000_000);
            assertThat(ImageFiles.focalLength(file(withExif(stored, tiff.array()))))
                    .isEmpty();
        }
        assertThat(ImageFiles.focalLength(file(stored))).isEmpty();
        assertThat(ImageFiles.focalLength(file(withOrientation(stored, 6, ByteOrder.BIG_ENDIAN))))
                .isEmpty();
    }

    /** An APP1 part with one tag. */
    private static byte[] withOrientation(byte[] jpeg, int code, ByteOrder order) {
        return withExif(jpeg, tiff(order, false, code));
    }

    private static byte[] withExif(byte[] jpeg, byte[] tiff) {
        ByteBuffer part = ByteBuffer.allocate(6 + tiff.length);
        return withPart(jpeg, 0xe1, part.put(latin("Exif\0\0")).put(tiff).array());
    }

    /** A directory with one tag, the orientation, as SHORT or as LONG. */
    private static byte[] tiff(ByteOrder order, boolean asLong, int code) {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
        tiff.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949));
        tiff.putShort((short) 42).putInt(8).putShort((short) 1).putShort((short) 0x0112);
        if (asLong) {
            tiff.putShort((short) 4).putInt(1).putInt(code);
        } else {
            tiff.putShort((short) 3).putInt(1).putShort((short) code);
        }
        return tiff.array();
    }

    /** Puts a part behind the two bytes that a JPEG file begins with. */
    private static byte[] withPart(byte[] jpeg, int marker, byte[] part) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + part.length + 4).put(jpeg, 0, 2);
        file.put((byte) 0xff).put((byte) marker).putShort((short) (part.length + 2));
        return file.put(part).put(jpeg, 2, jpeg.length - 2).array();
    }

    @Test
    void nonsensicalOrientationsAreUpright() throws IOException {
        byte[] stored = jpeg(slope(16, 8));
        for (int code : new int[] {0, 9, 4711}) {
            assertThat(ImageFiles.readRgb(file(withOrientation(stored, code, ByteOrder.BIG_ENDIAN)))
                            .width())
                    .isEqualTo(16);
        }
    }

    private void assertTurned(byte[] file, boolean turned) throws IOException {
        assertThat(ImageFiles.readRgb(file(file)).width()).isEqualTo(turned ? 8 : 16);
    }

    /** ITU-T T.81, B.1.1.2: any marker may be preceded by fill bytes 0xff. */
    @Test
    void fillBytesStandBeforeMarkers() throws IOException {
        byte[] turned = withOrientation(jpeg(slope(16, 8)), 6, ByteOrder.BIG_ENDIAN);
        byte[] filled = ByteBuffer.allocate(turned.length + 3)
                .put(turned, 0, 2)
                .put(new byte[] {-1, -1, -1})
                .put(turned, 2, turned.length - 2)
                .array();
        assertTurned(filled, true);
    }

    @Test
    void orientationsMayBeLong() throws IOException {
        byte[] stored = jpeg(slope(16, 8));
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            assertTurned(withExif(stored, tiff(order, true, 6)), true);
            assertTurned(withExif(stored, tiff(order, true, 0x60006)), false);
        }
    }

    /** TIFF 6.0: types 8 and 9 are signed numbers of 16 and 32 bits; 1 is a byte. */
    @Test
    void orientationsMayBeSigned() throws IOException {
        byte[] stored = jpeg(slope(16, 8));
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (int type : new int[] {1, 8, 9}) {
                byte[] tiff = tiff(order, type == 9, 6);
                ByteBuffer.wrap(tiff).order(order).putShort(12, (short) type);
                assertTurned(withExif(stored, tiff), type > 1);
            }
        }
    }

    /** Thumbnails and other tags of Adobe come before and behind. */
    @Test
    void orientationsStandAmongOtherParts() throws IOException {
        byte[] exif = withExif(jpeg(slope(16, 8)), tiff(ByteOrder.BIG_ENDIAN, false, 6));
        assertTurned(withPart(exif, 0xe1, latin("http://ns.adobe.com/xap/1.0/\0<x/>")), true);
        assertTurned(withPart(exif, 0xe0, latin("JFXX\0\20")), true);
        byte[] junk = ByteBuffer.allocate(exif.length + 2)
                .put(exif, 0, 2)
                .put(new byte[2])
                .put(exif, 2, exif.length - 2)
                .array();
        ByteBuffer.wrap(junk).putShort(2, (short) 0xffff);
        assertTurned(junk, true);
        assertTurned(withExif(exif, tiff(ByteOrder.BIG_ENDIAN, false, 1)), false);
    }

    @Test
    void pngOrientationsMayBeginAsThoseOfJpeg() throws IOException {
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, false, 6);
        int[] data = new int[6 + tiff.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = i < 6 ? "Exif\0\0".charAt(i) : tiff[i - 6];
        }
        byte[] png = PngFile.start(PngFile.GREY, 8, 3).chunk("eXIf", data).end(8, 1, 2, 3);
        assertThat(ImageFiles.readRgb(file(png)).height()).isEqualTo(3);
    }

    /** PNG specification, third edition, 11.3.4.5. The stored row is 1, 2, 3. */
    @ParameterizedTest
    @CsvSource({"2, 3, 1", "3, 3, 1", "6, 1, 3", "8, 1, 3"})
    void pngHasOrientationsToo(int code, int width, int height) throws IOException {
        byte[] tiff = tiff(ByteOrder.LITTLE_ENDIAN, false, code);
        int[] data = IntStream.range(0, tiff.length).map(i -> tiff[i]).toArray();
        byte[] png = PngFile.start(PngFile.GREY, 8, 3).chunk("eXIf", data).end(8, 1, 2, 3);
        RgbImage seen = ImageFiles.readRgb(file(png));
        assertThat(seen.width()).isEqualTo(width);
        assertThat(seen.height()).isEqualTo(height);
        boolean reversed = code != 6;
        assertThat(seen.rgb(0, 0)).isEqualTo(reversed ? 0x030303 : 0x010101);
        assertThat(labels(png)).as("maps are as they are stored").containsExactly(1, 2, 3);
    }

    @Test
    void damagedOrientationsAreUpright() throws IOException {
        byte[] stored = jpeg(slope(16, 8));
        byte[] whole = tiff(ByteOrder.BIG_ENDIAN, false, 6);
        for (int length = 0; length < 20; length++) {
            assertTurned(withExif(stored, Arrays.copyOf(whole, length)), false);
        }
        for (int at : new int[] {0, 3, 4, 11, 13, 14}) {
            byte[] changed = whole.clone();
            changed[at] = (byte) 0xee;
            assertTurned(withExif(stored, changed), false);
        }
        assertTurned(withPart(withOrientation(stored, 6, ByteOrder.BIG_ENDIAN), 0xe1, new byte[0]), true);
    }

    /** Whatever the bytes are, it is a picture; more tags than there are bytes is nonsense, too. */
    @Test
    void nonsenseInsteadOfTagsDoesNoHarm() throws IOException {
        byte[] stored = jpeg(slope(16, 8));
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 300; round++) {
            byte[] nonsense = new byte[random.nextInt(60)];
            random.nextBytes(nonsense);
            byte[] start = latin(random.nextBoolean() ? "MM\0*\0\0\0\10" : "II*\0\10\0\0\0");
            System.arraycopy(start, 0, nonsense, 0, Math.min(random.nextInt(9), nonsense.length));
            assertThat(ImageFiles.readRgb(file(withExif(stored, nonsense))).pixels())
                    .hasSize(3 * 16 * 8);
        }
    }

    // What cannot be read.

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = file(bytes);
        assertThatThrownBy(() -> ImageFiles.readRgb(file))
                .isInstanceOf(UserException.class)
                .hasMessage(file + reason);
    }

    @Test
    void cmykIsRefused() throws IOException {
        WritableRaster raster = java.awt.image.Raster.createInterleavedRaster(0, 16, 16, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        assertRefused(bytes.toByteArray(), " is a CMYK picture. Convert it to RGB.");
        // A colour transform of 1, from three channels, makes no sense for four.
        assertRefused(
                withPart(bytes.toByteArray(), 0xee, latin("Adobe\0d\0\0\0\0\1")),
                " is a CMYK picture. Convert it to RGB.");
    }

    @Test
    void otherFilesAreNamed() throws IOException {
        assertRefused(new byte[0], " is empty. Pictures must be JPEG, PNG, WebP, TIFF, BMP or GIF.");
        assertRefused(
                latin("\0\0\0\u0018ftypheic"),
                " is a HEIF picture. Pictures must be JPEG, PNG, WebP, TIFF, BMP or GIF.");
        assertRefused(latin("%PDF-1.4"), " is no picture. Pictures must be JPEG, PNG, WebP, TIFF, BMP or GIF.");
        assertThatThrownBy(() -> ImageFiles.readRgb(folder))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no file " + folder);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void halfJpegIsDamaged() throws IOException {
        byte[] whole = jpeg(noise(64, 64, 4));
        Path file = file(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> ImageFiles.readRgb(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " is damaged: ");
    }

    @Test
    void jpegWithSomethingBehindItsEndIsRead() throws IOException {
        byte[] whole = jpeg(slope(64, 64));
        byte[] expected = ImageFiles.readRgb(file(whole)).pixels();
        assertThat(ImageFiles.readRgb(file(Arrays.copyOf(whole, whole.length + 99)))
                        .pixels())
                .isEqualTo(expected);
    }

    @Test
    void jpegWithoutItsEndIsCut() throws IOException {
        byte[] whole = jpeg(slope(64, 64));
        for (int missing = 1; missing <= 2; missing++) {
            int length = whole.length - missing;
            assertRefused(
                    Arrays.copyOf(whole, length),
                    " is damaged: it ends after %s bytes, in the middle of the picture".formatted(length));
        }
    }

    @Test
    void changedPngIsDamaged() throws IOException {
        byte[] whole = png(noise(16, 16, 5));
        assertRefused(
                Arrays.copyOf(whole, whole.length - 30),
                " is damaged: the part at byte 33 is longer than the rest of the file");
        assertRefused(Arrays.copyOf(whole, 33), " is damaged: it ends after 33 bytes, in the middle of the picture");
        whole[100] ^= 1;
        assertRefused(whole, " is damaged: the part at byte 33 does not agree with its checksum");
    }

    /** A header may promise more pixels than any memory holds. */
    @Test
    void absurdSizesAreRefused() throws IOException {
        byte[] bytes = png(noise(8, 8, 6));
        ByteBuffer.wrap(bytes).putInt(16, 1 << 30).putInt(20, 1 << 30);
        PngFile.repairChecksums(bytes);
        assertRefused(
                bytes,
                " is damaged: its %s bytes are too few for 1073741824 x 1073741824 pixels".formatted(bytes.length));
    }

    /** A copy that went on and on; without its pixels it takes no room on a disk. */
    @Test
    void aFileOfSeveralGibibytesIsTooLarge() throws IOException {
        Path file = folder.resolve("picture");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
        }
        assertThatThrownBy(() -> ImageFiles.readRgb(file))
                .isInstanceOf(UserException.class)
                .hasMessage(file + " is too large: it has 3072 MiB, and a picture may have 2047");
    }

    /** Whatever the bytes are: pixels, or an error that names the file. */
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "png with right checksums"})
    void brokenFilesAreReadOrRefused(String kind) throws IOException {
        RgbImage image = slope(48, 40);
        byte[] whole = kind.equals("jpeg") ? jpeg(image) : png(image);
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] broken = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = random.nextInt(8); flips > 0 && broken.length > 0; flips--) {
                // The headers are where things go wrong.
                int at = random.nextInt(random.nextBoolean() ? broken.length : Math.min(broken.length, 700));
                broken[at] ^= (byte) (1 << random.nextInt(8));
            }
            if (kind.endsWith("checksums")) {
                PngFile.repairChecksums(broken);
            }
            Path file = file(broken);
            try {
                RgbImage read = ImageFiles.readRgb(file);
                assertThat(read.pixels()).hasSize(3 * read.width() * read.height());
            } catch (UserException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 399);
    }

    // Maps.

    @Test
    void labelsAreKept() throws IOException {
        float[] values = new float[256];
        for (int i = 0; i < 256; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("labels.png");
        ImageFiles.writeLabels(Raster.labels(32, 8, values), file);
        Raster read = ImageFiles.readLabels(file);
        assertThat(read.width()).isEqualTo(32);
        assertThat(read.values()).isEqualTo(values);
        assertThat(read.invalid()).isEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 256, 0.5f, Float.NaN})
    void onlyLabelsAreWritten(float value) {
        Raster raster = Raster.labels(1, 1, new float[] {value});
        assertThatThrownBy(() -> ImageFiles.writeLabels(raster, folder.resolve("labels.png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(value + " is no label from 0 to 255");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyDepthIsKept() throws IOException {
        float[] metres = new float[65536];
        for (int unit = 0; unit < metres.length; unit++) {
            metres[unit] = (float) (unit * 0.001);
        }
        Path file = folder.resolve("depth.png");
        ImageFiles.writeDepth(Raster.depth(256, 256, metres), 0.001, file);
        Raster read = ImageFiles.readDepth(file, 0.001);
        assertThat(read.values()).isEqualTo(metres);
        assertThat(read.invalid()).isZero();
    }

    @Test
    void depthIsRoundedAndWhatDoesNotFitIsNoReading() {
        float[] metres = {1.0004f, 1.0006f, 65.535f, 65.6f, -1, Float.NaN, 0.0004f, Float.POSITIVE_INFINITY};
        Path file = folder.resolve("depth.png");
        ImageFiles.writeDepth(Raster.depth(8, 1, metres), 0.001, file);
        assertThat(ImageFiles.readDepth(file, 0.001).values())
                .containsExactly(new float[] {1, 1.001f, 65.535f, 0, 0, 0, 0, 0}, within(1e-6f));
    }

    @Test
    void depthUnitsAreThoseOfTheFile() throws IOException {
        Path file = file(PngFile.row(PngFile.GREY, 16, 3, 0, 256, 65535));
        assertThat(ImageFiles.readDepth(file, 1 / 256.0).values()).containsExactly(0, 1, 65535 / 256f);
    }

    @Test
    void picturesAreNoMaps() throws IOException {
        assertNoLabels(
                PngFile.row(PngFile.RGB, 8, 1, 1, 2, 3),
                " has 3 channels. A label map must have one: palette indices or grey values, not colours.");
        assertNoLabels(
                PngFile.row(PngFile.GREY, 16, 1, 3),
                " has 16 bits a pixel. A label map must have 8, for labels from 0 to 255.");
        assertNoLabels(jpeg(slope(8, 8)), " is a JPEG picture. A label map must be PNG, since JPEG changes values.");
        Path file = file(PngFile.row(PngFile.GREY, 8, 1, 3));
        assertThatThrownBy(() -> ImageFiles.readDepth(file, 1))
                .isInstanceOf(UserException.class)
                .hasMessage(file + " has 8 bits a pixel. A depth map must have 16.");
    }

    private void assertNoLabels(byte[] bytes, String reason) throws IOException {
        Path file = file(bytes);
        assertThatThrownBy(() -> ImageFiles.readLabels(file))
                .isInstanceOf(UserException.class)
                .hasMessage(file + reason);
    }

    // Writing.

    @Test
    void writesOverAnOldFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.png");
        Files.writeString(file, "old");
        ImageFiles.writePng(slope(4, 4), file);
        assertThat(ImageFiles.readRgb(file).width()).isEqualTo(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() throws IOException {
        Path nowhere = folder.resolve("nowhere/a.png");
        assertThatThrownBy(() -> ImageFiles.writePng(slope(4, 4), nowhere))
                .isInstanceOf(UserException.class)
                .hasMessage(nowhere + " cannot be written: there is no such folder");
        Path taken = Files.createDirectories(folder.resolve("taken.png/inside")).getParent();
        assertThatThrownBy(() -> ImageFiles.writePng(slope(4, 4), taken))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(taken + " cannot be written: ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(taken);
        }
    }
}
