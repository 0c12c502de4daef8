package io.iedp.io.image;

import io.iedp.api.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG and PNG files, and is stricter than the decoders of the JDK: what they read on from with a
 * warning, or without noticing, would go into training as a half grey picture or as wrong labels.
 *
 * @param file where the bytes are from, for messages
 */
record ImageDecoder(String file, byte[] bytes) {
    /** What an array may have. */
    private static final long MOST_SAMPLES = Integer.MAX_VALUE - 8;

    /** Bytes behind the last pixel that some cameras and encoders leave. */
    private static final int MOST_EXTRANEOUS = 8;

    private static final Pattern EXTRANEOUS_AT_END =
            Pattern.compile("Corrupt JPEG data: (\\d{1,9}) extraneous bytes before marker 0xd9");

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
     * What is known before decoding.
     *
     * @throws UserException if the file is another kind of picture, or none, or damaged, or CMYK
     */
    StoredPicture stored() {
        if (!isJpeg() && !isPng()) {
            throw new UserException("%s is %s. Pictures must be JPEG or PNG.".formatted(file, kind()));
        }
        return isPng() ? StoredPng.of(file, bytes) : StoredJpeg.of(file, bytes);
    }

    /**
     * The pixels as they are stored.
     *
     * @param furtherBytes that the caller will need for each pixel, besides these
     * @throws UserException if they are damaged, or too many
     */
    BufferedImage decode(StoredPicture picture, int furtherBytes) {
        checkSize(picture, furtherBytes);
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(picture.format()).next();
        try {
            reader.setInput(new ByteArrayImageInputStream(picture.plain()), true, true);
            reader.addIIOReadWarningListener((source, warning) -> checkWarning(warning));
            return reader.read(0);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith("Insufficient memory")) {
                throw new UserException("%s is too large for this machine's memory".formatted(file), e);
            }
            throw Refusal.damaged(file, e.getMessage(), e);
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) {
            // The JDK's decoders trip over nonsense in many ways.
            throw Refusal.damaged(file, e.toString(), e);
        } finally {
            reader.dispose();
        }
    }

    private void checkSize(StoredPicture picture, int furtherBytes) {
        long pixels = (long) picture.width() * picture.height();
        if (picture.samples() > MOST_SAMPLES || pixels * 3 > MOST_SAMPLES) {
            throw Refusal.tooLarge(file, "it has %d x %d pixels".formatted(picture.width(), picture.height()));
        }
        long needed = picture.sampleBytes() + pixels * furtherBytes;
        long room = Heap.room(needed);
        if (needed > room) {
            throw Refusal.tooLarge(
                    file,
                    "%d x %d pixels need about %d MiB, the heap has %d MiB (-Xmx)"
                            .formatted(
                                    picture.width(),
                                    picture.height(),
                                    Refusal.mebibytes(needed),
                                    Refusal.mebibytes(room)));
        }
        // What the decoder takes outside is at least held to what the user gives for everything inside.
        long heap = Runtime.getRuntime().maxMemory();
        if (picture.decoderBytes() > heap) {
            throw Refusal.tooLarge(
                    file,
                    "its %d x %d pixels in several scans need about %d MiB, more than the heap of %d MiB (-Xmx)"
                            .formatted(
                                    picture.width(),
                                    picture.height(),
                                    Refusal.mebibytes(picture.decoderBytes()),
                                    Refusal.mebibytes(heap)));
        }
    }

    /**
     * A few bytes behind the last pixel do no harm; anything else makes part of the picture grey or moves it. libjpeg
     * gives no second warning, so a harmless one must not stand before pixels.
     */
    private void checkWarning(String warning) {
        Matcher extraneous = EXTRANEOUS_AT_END.matcher(warning);
        if (!extraneous.matches() || Integer.parseInt(extraneous.group(1)) > MOST_EXTRANEOUS) {
            throw Refusal.damaged(file, warning);
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
}
