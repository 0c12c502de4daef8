package io.iedp.api.data;

import io.iedp.api.UserException;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures, label maps and depth maps as files: JPEG and PNG. A file is written whole or not at all. */
public final class ImageFiles {
    private static final float JPEG_QUALITY = 0.95f;

    private ImageFiles() {}

    /**
     * Reads a photograph, upright as its EXIF orientation says. Transparent pixels come out over black.
     *
     * @throws UserException if the file is missing or no picture
     */
    public static RgbImage readRgb(Path file) {
        byte[] bytes = bytes(file);
        BufferedImage decoded = decode(file, bytes);
        BufferedImage rgb = new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        if (decoded.getRaster().getNumBands() == 1 && !(decoded.getColorModel() instanceof IndexColorModel)) {
            copyGrey(decoded, rgb);
        } else {
            Graphics2D graphics = rgb.createGraphics();
            graphics.drawImage(decoded, 0, 0, null);
            graphics.dispose();
        }
        return oriented(rgb, ExifOrientation.of(bytes));
    }

    /** Drawing would convert grey by its colour profile and change the values. */
    private static void copyGrey(BufferedImage grey, BufferedImage rgb) {
        int shift = grey.getRaster().getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        for (int y = 0; y < grey.getHeight(); y++) {
            for (int x = 0; x < grey.getWidth(); x++) {
                int bits = grey.getColorModel().getComponentSize(0);
                int value = grey.getRaster().getSample(x, y, 0) >> shift;
                int level = bits >= 8 ? value : value * 255 / ((1 << bits) - 1);
                rgb.setRGB(x, y, level << 16 | level << 8 | level);
            }
        }
    }

    private static RgbImage oriented(BufferedImage image, ExifOrientation orientation) {
        int width = orientation.turns() ? image.getHeight() : image.getWidth();
        int height = orientation.turns() ? image.getWidth() : image.getHeight();
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int to = orientation.index(x, y, image.getWidth(), image.getHeight()) * 3;
                int color = image.getRGB(x, y);
                pixels[to] = (byte) (color >> 16);
                pixels[to + 1] = (byte) (color >> 8);
                pixels[to + 2] = (byte) color;
            }
        }
        return new RgbImage(width, height, pixels);
    }

    /**
     * Reads a label map: the palette indices or grey values as they are stored.
     *
     * @throws UserException if the file is missing, no picture, or has several channels
     */
    public static Raster readLabels(Path file) {
        BufferedImage image = decode(file, bytes(file));
        return Raster.labels(image.getWidth(), image.getHeight(), samples(file, image, "A label map", 1));
    }

    /**
     * Reads a depth map of 16-bit grey values, of which 0 is no reading.
     *
     * @param metresPerUnit 0.001 for millimetres
     * @throws UserException if the file is missing, no picture, or has several channels
     */
    public static Raster readDepth(Path file, double metresPerUnit) {
        BufferedImage image = decode(file, bytes(file));
        return Raster.depth(image.getWidth(), image.getHeight(), samples(file, image, "A depth map", metresPerUnit));
    }

    private static float[] samples(Path file, BufferedImage image, String what, double factor) {
        WritableRaster raster = image.getRaster();
        if (raster.getNumBands() != 1) {
            throw new UserException("%s has %d channels. %s must have one: palette indices or grey values, not colours."
                    .formatted(file, raster.getNumBands(), what));
        }
        float[] values = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (float[]) null);
        if (factor != 1) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] * factor);
            }
        }
        return values;
    }

    public static void writePng(RgbImage image, Path file) {
        write(encode(buffered(image), "png"), file);
    }

    public static void writeJpeg(RgbImage image, Path file) {
        write(encode(buffered(image), "jpg"), file);
    }

    /** Writes whole numbers from 0 to 255 as an 8-bit grey PNG. */
    public static void writeLabels(Raster labels, Path file) {
        BufferedImage image = new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, labels.width(), labels.height(), 0, labels.values());
        write(encode(image, "png"), file);
    }

    /** Writes metres as a 16-bit grey PNG; depths beyond its range become 0, which is no reading. */
    public static void writeDepth(Raster depth, double metresPerUnit, Path file) {
        int[] units = new int[depth.values().length];
        for (int i = 0; i < units.length; i++) {
            long unit = Math.round(depth.values()[i] / metresPerUnit);
            units[i] = unit < 0 || unit > 65535 ? 0 : (int) unit;
        }
        BufferedImage image = new BufferedImage(depth.width(), depth.height(), BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, depth.width(), depth.height(), 0, units);
        write(encode(image, "png"), file);
    }

    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(x, y, image.rgb(x, y));
            }
        }
        return buffered;
    }

    private static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserException("There is no file %s".formatted(file));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static BufferedImage decode(Path file, byte[] bytes) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new UserException("%s is no JPEG or PNG picture".formatted(file));
            }
            if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
                throw new UserException("%s is a CMYK picture; convert it to RGB".formatted(file));
            }
            return image;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UserException("%s is damaged: %s".formatted(file, e.getMessage()), e);
        }
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
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(false);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
