package io.iedp.io.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whole numbers among a file's EXIF tags (TIFF 6.0, section 2; EXIF 2.32). Two directories are read and nothing that they point
 * to, so the effort is no more than in proportion to the file.
 *
 * @param tiff the structure that holds the tags, in its order of bytes
 */
record ExifTags(ByteBuffer tiff) {
    /** Points to the directory of how the picture was taken. */
    private static final int CAMERA = 0x8769;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SIGNED_SHORT = 8;
    private static final int SIGNED_LONG = 9;
    private static final int PREFIX = 6;
    private static final int FIRST = 4;

    /** The tags of a file that has any. */
    static Optional<ExifTags> of(StoredPicture picture) {
        return picture.exif().flatMap(ExifTags::in);
    }

    private static Optional<ExifTags> in(ByteBuffer tags) {
        try {
            boolean prefixed = tags.remaining() > PREFIX && tags.getInt(0) == 0x45786966; // as JPEG has it: Exif
            ByteBuffer tiff = prefixed ? tags.slice(PREFIX, tags.remaining() - PREFIX) : tags.duplicate();
            return switch (tiff.getInt(0)) {
                case 0x4d4d002a -> Optional.of(new ExifTags(tiff.order(ByteOrder.BIG_ENDIAN)));
                case 0x49492a00 -> Optional.of(new ExifTags(tiff.order(ByteOrder.LITTLE_ENDIAN)));
                default -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty(); // damaged tags say nothing about the pixels
        }
    }

    /** A number of the first directory, which is about the picture. */
    OptionalInt number(int tag) {
        try {
            return find(tiff.getInt(FIRST), tag);
        } catch (IndexOutOfBoundsException e) {
            return OptionalInt.empty();
        }
    }

    /** A number of the directory of how the picture was taken. */
    OptionalInt cameraNumber(int tag) {
        try {
            OptionalInt directory = number(CAMERA);
            return directory.isPresent() ? find(directory.getAsInt(), tag) : OptionalInt.empty();
        } catch (IndexOutOfBoundsException e) {
            return OptionalInt.empty();
        }
    }

    private OptionalInt find(int directory, int tag) {
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == tag && tiff.getInt(entry + 4) == 1) {
                return switch (tiff.getShort(entry + 2)) {
                    case SHORT, SIGNED_SHORT -> OptionalInt.of(tiff.getShort(entry + 8));
                    // Where the standard has short ones, some software writes long ones.
                    case LONG, SIGNED_LONG -> OptionalInt.of(tiff.getInt(entry + 8));
                    default -> OptionalInt.empty();
                };
            }
        }
        return OptionalInt.empty();
    }
}
