package io.iedp.io.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files byte by byte (PNG specification, second edition), to read them with other code. */
final class PngFile {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private PngFile() {
        bytes.writeBytes(SIGNATURE);
    }

    /** A picture of one row; its samples are packed from the high bits on, as the format does. */
    static byte[] row(int colorType, int bits, int width, int... samples) {
        return start(colorType, bits, width).end(bits, samples);
    }

    static PngFile start(int colorType, int bits, int width) {
        return start(colorType, bits, width, 1);
    }

    static PngFile start(int colorType, int bits, int width, int height) {
        PngFile file = new PngFile();
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bits).put((byte) colorType);
        return file.chunk("IHDR", header.array());
    }

    PngFile chunk(String type, int... data) {
        byte[] narrow = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            narrow[i] = (byte) data[i];
        }
        return chunk(type, narrow);
    }

    private PngFile chunk(String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(typed);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        bytes.writeBytes(typed);
        bytes.writeBytes(
                ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
        return this;
    }

    byte[] end(int bits, int... samples) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream row = new DataOutputStream(new DeflaterOutputStream(packed))) {
            row.writeByte(0);
            if (bits == 16) {
                for (int sample : samples) {
                    row.writeShort(sample);
                }
            } else {
                byte[] line = new byte[(samples.length * bits + 7) / 8];
                for (int i = 0; i < samples.length; i++) {
                    line[i * bits / 8] |= (byte) (samples[i] << (8 - bits - i * bits % 8));
                }
                row.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return end(packed.toByteArray());
    }

    /** With compressed rows, each after its filter. */
    byte[] end(byte[] packed) {
        return chunk("IDAT", packed).chunk("IEND", new byte[0]).bytes.toByteArray();
    }

    /** Puts right the checksums of a file whose bytes were changed, as far as its parts can still be told apart. */
    static void repairChecksums(byte[] file) {
        ByteBuffer data = ByteBuffer.wrap(file);
        int at = 8;
        while (at + 12 <= file.length) {
            int length = data.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                return;
            }
            CRC32 checksum = new CRC32();
            checksum.update(file, at + 4, length + 4);
            data.putInt(at + 8 + length, (int) checksum.getValue());
            at += 12 + length;
        }
    }
}
