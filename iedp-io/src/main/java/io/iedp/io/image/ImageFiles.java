package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.io.file.AtomicFiles;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures, label maps and depth maps as files: JPEG and PNG, and other kinds of photographs to read. A file is written whole or not at all. */
public final class ImageFiles {
    private static final float JPEG_QUALITY = 0.95f;
    private static final int PALETTE = 256;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private ImageFiles() {}

    /**
     * Reads a photograph, upright as its EXIF orientation says. As in OpenCV and Pillow, a colour profile is not
     * applied, 16 bits a channel are cut down to the upper 8, and transparent pixels have the colour that is stored.
     *
     * @throws UserException if the file is missing, damaged, CMYK, too large for the heap, or none of JPEG, PNG,
     *     WebP, TIFF, BMP and GIF
     */
    public static RgbImage readRgb(Path file) {
        return decodeRgb(read(file), file.toString());
    }

    /**
     * {@link #readRgb} from the bytes of a file.
     *
     * @param origin where they are from, for messages
     */
    public static RgbImage decodeRgb(byte[] bytes, String origin) {
        return inMemory(origin, () -> new ImageDecoder(origin, bytes).rgb());
    }

    /**
     * The focal length that a photograph was taken with, in pixels, if it says so: EXIF gives it for the diagonal of 35 mm
     * film. Both edges of the photograph count, so it must not have been cut.
     *
     * @throws UserException if the file is missing, or its headers are damaged
     */
    public static OptionalDouble focalLength(Path file) {
        byte[] bytes = read(file);
        return inMemory(file.toString(), () -> new ImageDecoder(file.toString(), bytes).focalLength());
    }

    /**
     * The size of a photograph as it is stored, before it is turned upright: known from the headers, without decoding a pixel.
     *
     * @param origin where the bytes are from, for messages
     * @throws UserException if the headers are damaged, or of none of JPEG, PNG, WebP, TIFF, BMP and GIF
     */
    public static ImageSize size(byte[] bytes, String origin) {
        return inMemory(origin, () -> new ImageDecoder(origin, bytes).size());
    }

    /** Even where the sizes were bounded, others may have taken the memory. */
    private static <T> T inMemory(String origin, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OutOfMemoryError e) {
            throw Refusal.outOfMemory(origin, e);
        }
    }

    /**
     * Reads a label map, a PNG of up to 8 bits a pixel: the palette indices or grey values as they are stored.
     *
     * @throws UserException if the file is missing, damaged, too large for the heap, or no such picture
     */
    public static Raster readLabels(Path file) {
        return decodeLabels(read(file), file.toString());
    }

    /**
     * {@link #readLabels} from the bytes of a file.
     *
     * @param origin where they are from, for messages
     */
    public static Raster decodeLabels(byte[] bytes, String origin) {
        return inMemory(origin, () -> {
            ImageDecoder decoder = new ImageDecoder(origin, bytes);
            StoredPng map = decoder.map("A label map", "palette indices or grey values, not colours");
            if (map.bits() > 8) {
                throw new UserException("%s has %s bits a pixel. A label map must have 8, for labels from 0 to 255."
                        .formatted(origin, map.bits()));
            }
            return Raster.labels(map.width(), map.height(), decoder.samples(map));
        });
    }

    /**
     * Reads a depth map, a PNG of 16-bit grey values of which 0 is no reading.
     *
     * @param metresPerUnit 0.001 for millimetres
     * @throws UserException if the file is missing, damaged, too large for the heap, or no such picture
     */
    public static Raster readDepth(Path file, double metresPerUnit) {
        return decodeDepth(read(file), metresPerUnit, file.toString());
    }

    /**
     * {@link #readDepth} from the bytes of a file.
     *
     * @param origin where they are from, for messages
     */
    public static Raster decodeDepth(byte[] bytes, double metresPerUnit, String origin) {
        return inMemory(origin, () -> {
            ImageDecoder decoder = new ImageDecoder(origin, bytes);
            StoredPng map = decoder.map("A depth map", "grey values, not colours");
            if (map.bits() != 16) {
                throw new UserException(
                        "%s has %s bits a pixel. A depth map must have 16.".formatted(origin, map.bits()));
            }
            float[] values = decoder.samples(map);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] * metresPerUnit);
            }
            return Raster.depth(map.width(), map.height(), values);
        });
    }

    /** The bytes of a PNG file; no temporary file is needed. */
    public static byte[] encodePng(BufferedImage image) {
        return encode(image, "png");
    }

    public static void writePng(RgbImage image, Path file) {
        writePng(image, Map.of(), file);
    }

    /**
     * Writes a picture with texts about it, as many viewers show them.
     *
     * @param texts by their keys, of which each has 1 to 79 letters of ASCII without spaces
     */
    public static void writePng(RgbImage image, Map<String, String> texts, Path file) {
        write(PngText.with(texts, encodePng(image.toBufferedImage())), file);
    }

    public static void writeJpeg(RgbImage image, Path file) {
        write(encode(image.toBufferedImage(), "jpg"), file);
    }

    /** Writes whole numbers from 0 to 255 as an 8-bit grey PNG. */
    public static void writeLabels(Raster labels, Path file) {
        BufferedImage image = new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, labels.width(), labels.height(), labels(labels, file));
        write(encodePng(image), file);
    }

    /**
     * {@link #writeLabels(Raster, Path)} as a PNG with a palette, which shows its labels in colours and is read back as the
     * same labels.
     *
     * @param colors as {@code 0xRRGGBB} by label, up to 256; further labels are black
     */
    public static void writeLabels(Raster labels, List<Integer> colors, Path file) {
        byte[] palette = new byte[PALETTE * 3];
        for (int i = 0; i < Math.min(PALETTE, colors.size()); i++) {
            palette[3 * i] = (byte) (colors.get(i) >> 16);
            palette[3 * i + 1] = (byte) (colors.get(i) >> 8);
            palette[3 * i + 2] = (byte) (int) colors.get(i);
        }
        BufferedImage image = new BufferedImage(
                labels.width(),
                labels.height(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, PALETTE, palette, 0, false));
        image.getRaster().setDataElements(0, 0, labels.width(), labels.height(), labels(labels, file));
        write(encodePng(image), file);
    }

    private static byte[] labels(Raster labels, Path file) {
        byte[] values = new byte[labels.values().length];
        for (int i = 0; i < values.length; i++) {
            float label = labels.values()[i];
            values[i] = (byte) (int) label;
            if ((values[i] & 0xff) != label) {
                throw new IllegalArgumentException("%s: %s is no label from 0 to 255".formatted(file, label));
            }
        }
        return values;
    }

    /** Writes metres as a 16-bit grey PNG; depths beyond its range become 0, which is no reading. */
    public static void writeDepth(Raster depth, double metresPerUnit, Path file) {
        short[] units = new short[depth.values().length];
        for (int i = 0; i < units.length; i++) {
            long unit = Math.round(depth.values()[i] / metresPerUnit);
            units[i] = unit < 0 || unit > 65535 ? 0 : (short) unit;
        }
        BufferedImage image = new BufferedImage(depth.width(), depth.height(), BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setDataElements(0, 0, depth.width(), depth.height(), units);
        write(encodePng(image), file);
    }

    /**
     * The bytes of a file.
     *
     * @throws UserException if it is missing, cannot be read, or is too large for the heap
     */
    public static byte[] read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserException("There is no file %s".formatted(file));
        }
        try {
            checkSize(file, Files.size(file));
            return Files.readAllBytes(file);
        } catch (OutOfMemoryError e) {
            throw Refusal.outOfMemory(file.toString(), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, reason(e)), e);
        }
    }

    private static void checkSize(Path file, long bytes) {
        long mebibytes = Refusal.mebibytes(bytes);
        if (bytes > LARGEST_ARRAY) {
            throw Refusal.tooLarge(file.toString(), "it has %s MiB, and a picture may have 2047".formatted(mebibytes));
        }
        long room = Heap.room(bytes);
        if (bytes > room) {
            throw Refusal.tooLarge(
                    file.toString(),
                    "it has %s MiB, the heap has %s MiB (-Xmx)".formatted(mebibytes, Refusal.mebibytes(room)));
        }
    }

    /** In these cases the JDK's message is no more than the path. */
    private static String reason(IOException e) {
        return e instanceof AccessDeniedException
                ? "access denied"
                : e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage();
    }

    private static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (format.equals("jpg")) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(JPEG_QUALITY);
            }
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new IllegalStateException("A picture in memory cannot be encoded", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void write(byte[] bytes, Path file) {
        try {
            AtomicFiles.write(file, bytes);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, reason(e)), e);
        }
    }
}
