package io.iedp.io.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/** Puts texts into a PNG file (PNG specification, second edition, section 11.3.4): tEXt, or iTXt for more than Latin-1. */
final class PngText {
    /** The signature and the header's chunk, which come first. */
    private static final int BEGINNING = 8 + 12 + 13;

    private static final int LONGEST_KEY = 79;

    private PngText() {}

    /**
     * @param png the bytes of a file
     * @param texts by their keys, in this order
     */
    static byte[] with(Map<String, String> texts, byte[] png) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(png, 0, BEGINNING);
        texts.forEach((key, text) -> file.writeBytes(chunk(key, text)));
        file.write(png, BEGINNING, png.length - BEGINNING);
        return file.toByteArray();
    }

    private static byte[] chunk(String key, String text) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the key of a text must be 1 to %s letters without spaces, not '%s'".formatted(LONGEST_KEY, key));
        }
        // Zero bytes divide the parts of a chunk.
        String whole = text.replace("\0", "");
        boolean latin = whole.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f || c >= 0xa0 && c <= 0xff);
        return latin
                ? chunk("tEXt", (key + "\0" + whole).getBytes(StandardCharsets.ISO_8859_1))
                : chunk("iTXt", (key + "\0\0\0\0\0" + whole).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] chunk(String type, byte... data) {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(StandardCharsets.US_ASCII));
        checksum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) checksum.getValue())
                .array();
    }
}
