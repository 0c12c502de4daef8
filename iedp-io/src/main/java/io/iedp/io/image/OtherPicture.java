package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * A picture that one of the JDK's other decoders reads, or TwelveMonkeys' for WebP: of several in one file the first.
 *
 * @param format its name among the decoders
 */
record OtherPicture(String file, String format, int width, int height, Optional<ByteBuffer> exif, byte[] bytes)
        implements StoredPicture {
    /** Four bands of 16 bits, and the same once more while they are changed into another kind. */
    private static final int BYTES_A_PIXEL = 16;

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    /** Does something with an open decoder. */
    private interface Reading<T> {
        T read(ImageReader reader) throws IOException;
    }

    /**
     * @throws UserException if its headers are damaged
     */
    static OtherPicture of(String file, String format, byte[] bytes) {
        return reading(file, format, bytes, reader -> {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) {
                throw Refusal.damaged(file, "it has %s x %s pixels".formatted(width, height));
            }
            return new OtherPicture(file, format, width, height, exif(format, bytes), bytes);
        });
    }

    @Override
    public long decoderBytes() {
        return (long) BYTES_A_PIXEL * width * height;
    }

    @Override
    public RgbImage decode() {
        return reading(file, format, bytes, reader -> {
            reader.addIIOReadWarningListener((source, warning) -> {
                throw Refusal.damaged(file, warning);
            });
            BufferedImage decoded = reader.read(0);
            int colors = decoded.getColorModel().getColorSpace().getType();
            if (colors == ColorSpace.TYPE_CMYK) {
                throw new UserException("%s is a CMYK picture. Convert it to RGB.".formatted(file));
            }
            return RgbImage.of(decoded);
        });
    }

    private static <T> T reading(String file, String format, byte[] bytes, Reading<T> reading) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new UserException("%s is a %s picture, which this Java does not read. Pictures must be JPEG or PNG."
                    .formatted(file, format));
        }
        ImageReader reader = readers.next();
        try {
            reader.setInput(new ByteArrayImageInputStream(bytes), true, true);
            return reading.read(reader);
        } catch (UserException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Refusal.damaged(file, String.valueOf(e.getMessage()), e);
        } finally {
            reader.dispose();
        }
    }

    private static Optional<ByteBuffer> exif(String format, byte[] bytes) {
        return switch (format) {
            case "TIFF" -> Optional.of(ByteBuffer.wrap(bytes));
            case "WebP" -> exifOfWebp(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            default -> Optional.empty();
        };
    }

    /** The chunk of that name (WebP container specification, extended file format). */
    private static Optional<ByteBuffer> exifOfWebp(ByteBuffer riff) {
        int name = 'E' | 'X' << 8 | 'I' << 16 | 'F' << 24;
        long at = RIFF_HEADER;
        while (at + CHUNK_HEADER <= riff.limit()) {
            int start = (int) at + CHUNK_HEADER;
            long size = Integer.toUnsignedLong(riff.getInt((int) at + 4));
            if (riff.getInt((int) at) == name && start + size <= riff.limit()) {
                return Optional.of(riff.slice(start, (int) size));
            }
            at = start + size + (size & 1);
        }
        return Optional.empty();
    }
}
