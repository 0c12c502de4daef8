package io.iedp.io.image;

import io.iedp.api.UserException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG files, and is stricter than the decoders of the JDK: what they read on from with a
 * warning, or without noticing, would go into training as a half grey picture or as wrong labels.
 *
 * @param file where the bytes are from, for messages
 */
record ImageDecoder(String file, byte[] bytes) {
    /** One over the least number of bits that a compressed pixel takes, in pixels a byte. */
    private static final long DENSEST = 8192;

    private static final List<Kind> KINDS = List.of(
            new Kind("JPEG", 0, "\u00ff\u00d8\u00ff"),
            new Kind("PNG", 0, "\u0089PNG\r\n\u001a\n"),
            new Kind("GIF", 0, "GIF8"),
            new Kind("WebP", 8, "WEBP"),
            new Kind("TIFF", 0, "II*\0"),
            new Kind("TIFF", 0, "MM\0*"),
            new Kind("HEIF", 4, "ftyphei"),
            new Kind("HEIF", 4, "ftypmif"),
            new Kind("AVIF", 4, "ftypavif"),
            new Kind("BMP", 0, "BM"));

    private record Kind(String name, int at, String signature) {
        boolean isKindOf(byte[] bytes) {
            String start = new String(
                    bytes,
                    Math.min(at, bytes.length),
                    Math.min(signature.length(), Math.max(0, bytes.length - at)),
                    StandardCharsets.ISO_8859_1);
            return start.equals(signature);
        }
    }

    boolean isJpeg() {
        return KINDS.get(0).isKindOf(bytes);
    }

    private boolean isPng() {
        return KINDS.get(1).isKindOf(bytes);
    }

    /**
     * @throws UserException if the file is another kind of picture, or none, or damaged, or CMYK
     */
    BufferedImage decode() {
        if (!isJpeg() && !isPng()) {
            throw new UserException("%s is %s. Pictures must be JPEG or PNG.".formatted(file, kind()));
        }
        if (isPng()) {
            checkChunks();
        }
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(isPng() ? "png" : "jpeg").next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((source, warning) -> checkWarning(warning));
            return read(reader);
        } catch (IOException e) {
            throw damaged(e.getMessage(), e);
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) {
            // The JDK's decoders trip over nonsense in many ways.
            throw damaged(e.toString(), e);
        } catch (OutOfMemoryError e) {
            throw new UserException("%s is too large for Java's memory; more is given with -Xmx".formatted(file), e);
        } finally {
            reader.dispose();
        }
    }

    private BufferedImage read(ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > DENSEST * bytes.length) {
            throw damaged("its %s bytes are too few for %s x %s pixels"
                    .formatted(bytes.length, reader.getWidth(0), reader.getHeight(0)));
        }
        if (pixels > Integer.MAX_VALUE / 3 - 8) {
            throw new UserException(
                    "%s is too large: it has %s x %s pixels".formatted(file, reader.getWidth(0), reader.getHeight(0)));
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            throw new UserException(
                    "%s has colours of a kind that Java cannot read. Convert it to RGB.".formatted(file));
        }
        if (types.next().getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            throw new UserException("%s is a CMYK picture. Convert it to RGB.".formatted(file));
        }
        return reader.read(0);
    }

    /** A few bytes too many do no harm; anything else makes part of the picture grey. */
    private void checkWarning(String warning) {
        boolean harmless = warning.contains("extraneous bytes");
        if (warning.startsWith("Corrupt JPEG data") && !harmless || warning.startsWith("Premature end")) {
            throw damaged(warning);
        }
    }

    /** The JDK's decoder passes over the checksums. */
    private void checkChunks() {
        ByteBuffer data = ByteBuffer.wrap(bytes).position(8);
        String type = "";
        while (!type.equals("IEND")) {
            int start = data.position();
            if (data.remaining() < 12) {
                throw damaged("it ends after %s bytes, in the middle of the picture".formatted(bytes.length));
            }
            int length = data.getInt();
            if (length < 0 || length > data.remaining() - 8) {
                throw damaged("the part at byte %s is longer than the rest of the file".formatted(start));
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes, start + 4, length + 4);
            type = new String(bytes, start + 4, 4, StandardCharsets.ISO_8859_1);
            data.position(start + 8 + length);
            if (data.getInt() != (int) checksum.getValue()) {
                throw damaged("the part at byte %s does not agree with its checksum".formatted(start));
            }
        }
    }

    private String kind() {
        if (bytes.length == 0) {
            return "empty";
        }
        return KINDS.stream()
                .filter(kind -> kind.isKindOf(bytes))
                .map(kind -> "a %s picture".formatted(kind.name))
                .findFirst()
                .orElse("no picture");
    }

    private UserException damaged(String reason) {
        return damaged(reason, new IIOException(reason));
    }

    private UserException damaged(String reason, Throwable cause) {
        return new UserException("%s is damaged: %s".formatted(file, reason), cause);
    }
}
