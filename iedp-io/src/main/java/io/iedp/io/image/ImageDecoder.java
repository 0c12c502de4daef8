package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Decodes JPEG and PNG files, and photographs of some other kinds, of sizes that the heap can hold, and is stricter than others: what they read on from with a
 * warning, or without noticing, would go into training as a half grey picture or as wrong labels.
 *
 * @param file where the bytes are from, for messages
 */
record ImageDecoder(String file, byte[] bytes) {
    private static final int RGB_BYTES = 3;

    private static final int FOCAL_LENGTH = 0xa405;

    /** Of 36 x 24 mm. */
    private static final double FILM_DIAGONAL = Math.hypot(36, 24);

    /** What an array may have; a decoder has two. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 8;

    /** The kinds of {@link #KINDS} that are read besides JPEG and PNG. */
    private static final Set<String> OTHERS = Set.of("GIF", "WebP", "TIFF", "BMP");

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
     * A photograph, upright as its EXIF orientation says.
     *
     * @throws UserException if the file is another kind of picture, or none, or damaged, or CMYK, or too large
     */
    RgbImage rgb() {
        StoredPicture picture = stored();
        ExifOrientation orientation = ExifOrientation.of(picture);
        long rgbBytes = (long) picture.width() * picture.height() * RGB_BYTES;
        checkSize(picture, RGB_BYTES, Math.max(picture.decoderBytes(), orientation.code() == 1 ? 0 : rgbBytes));
        return orientation.upright(picture.decode());
    }

    /** The focal length in pixels, if it is told: in millimetres for the diagonal of 35 mm film (EXIF 2.32, tag 0xA405). */
    OptionalDouble focalLength() {
        StoredPicture picture = stored();
        int millimetres = ExifTags.of(picture)
                .map(tags -> tags.cameraNumber(FOCAL_LENGTH).orElse(0))
                .orElse(0);
        return millimetres > 0
                ? OptionalDouble.of(millimetres * Math.hypot(picture.width(), picture.height()) / FILM_DIAGONAL)
                : OptionalDouble.empty();
    }

    /**
     * What the headers say, as it is stored.
     *
     * @throws UserException if the file is another kind of picture, or none, or its headers are damaged
     */
    ImageSize size() {
        StoredPicture picture = stored();
        return new ImageSize(picture.width(), picture.height());
    }

    /**
     * What is known of a map before decoding.
     *
     * @param what it is, for messages
     * @param values that it must have
     * @throws UserException if the file is no PNG of one channel, or damaged
     */
    StoredPng map(String what, String values) {
        if (isJpeg()) {
            throw new UserException(
                    "%s is a JPEG picture. %s must be PNG, since JPEG changes values.".formatted(file, what));
        }
        if (!isPng()) {
            throw new UserException("%s is %s. %s must be PNG.".formatted(file, said(), what));
        }
        StoredPng map = StoredPng.of(file, bytes);
        if (map.channels() != 1) {
            throw new UserException(
                    "%s has %s channels. %s must have one: %s.".formatted(file, map.channels(), what, values));
        }
        return map;
    }

    /**
     * The values of a map as they are stored.
     *
     * @throws UserException if they are damaged, or too many
     */
    float[] samples(StoredPng map) {
        checkSize(map, Float.BYTES, map.decoderBytes());
        return new PngDecoder(map).samples();
    }

    private StoredPicture stored() {
        if (isJpeg()) {
            return StoredJpeg.of(file, bytes);
        }
        if (isPng()) {
            return StoredPng.of(file, bytes);
        }
        String other = kind().map(Kind::name).filter(OTHERS::contains).orElse("");
        if (other.isEmpty()) {
            throw new UserException(
                    "%s is %s. Pictures must be JPEG, PNG, WebP, TIFF, BMP or GIF.".formatted(file, said()));
        }
        return OtherPicture.of(file, other, bytes);
    }

    private void checkSize(StoredPicture picture, int bytesPerPixel, long furtherBytes) {
        String size = "%s x %s pixels".formatted(picture.width(), picture.height());
        long pixels = (long) picture.width() * picture.height();
        if (pixels * RGB_BYTES > MOST_VALUES || picture.decoderBytes() > 2 * MOST_VALUES) {
            throw Refusal.tooLarge(file, "it has " + size);
        }
        Heap.checkRoom(file, size, pixels * bytesPerPixel + furtherBytes);
        // What the decoder takes outside is at least held to what the user gives for everything inside.
        if (picture instanceof StoredJpeg jpeg) {
            Heap.checkNative(file, size, jpeg.nativeBytes());
        }
    }

    private Optional<Kind> kind() {
        return KINDS.stream().filter(kind -> kind.isKindOf(bytes)).findFirst();
    }

    private String said() {
        return bytes.length == 0
                ? "empty"
                : kind().map(kind -> "a %s picture".formatted(kind.name)).orElse("no picture");
    }
}
