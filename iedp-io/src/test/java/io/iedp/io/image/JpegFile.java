package io.iedp.io.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A JPEG file in parts (ITU-T T.81, annex B), to put it together in other ways.
 *
 * @param parts each from its marker to the next, with the pixels behind a scan's header; without the start of the file,
 *     but with its end
 */
record JpegFile(List<byte[]> parts) {
    static final int FRAME = 0xc0;
    static final int PROGRESSIVE_FRAME = 0xc2;
    static final int CODES = 0xc4;
    static final int END = 0xd9;
    static final int SCAN = 0xda;
    static final int JFIF = 0xe0;
    static final int EXIF = 0xe1;
    static final int PROFILE = 0xe2;
    static final int ADOBE = 0xee;

    static JpegFile of(byte[] file) {
        List<byte[]> parts = new ArrayList<>();
        int at = 2;
        while (at < file.length) {
            int start = at;
            at += 2;
            int marker = file[start + 1] & 0xff;
            if (marker != END) {
                at += (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
            }
            while (marker == SCAN && !(file[at] == -1 && file[at + 1] != 0 && (file[at + 1] & 0xf8) != 0xd0)) {
                at++;
            }
            parts.add(Arrays.copyOfRange(file, start, at));
        }
        return new JpegFile(List.copyOf(parts));
    }

    static byte[] part(int marker, byte[] data) {
        return ByteBuffer.allocate(data.length + 4)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (data.length + 2))
                .put(data)
                .array();
    }

    /** Such as {@code Adobe\0d\0\0\0\0\1}. */
    static byte[] part(int marker, String data) {
        return part(marker, data.getBytes(StandardCharsets.ISO_8859_1));
    }

    static int marker(byte[] part) {
        return part[1] & 0xff;
    }

    JpegFile without(int marker) {
        return new JpegFile(
                parts.stream().filter(part -> marker(part) != marker).toList());
    }

    /** With something between the start of the file and its first part. */
    JpegFile beginning(byte[]... more) {
        List<byte[]> all = new ArrayList<>(List.of(more));
        all.addAll(parts);
        return new JpegFile(List.copyOf(all));
    }

    JpegFile changed(int marker, UnaryOperator<byte[]> change) {
        return new JpegFile(parts.stream()
                .map(part -> marker(part) == marker ? change.apply(part.clone()) : part)
                .toList());
    }

    /** With other numbers of its three channels. */
    JpegFile numbered(int... ids) {
        UnaryOperator<byte[]> frame = part -> {
            for (int i = 0; i < 3; i++) {
                part[10 + 3 * i] = (byte) ids[i];
            }
            return part;
        };
        return changed(FRAME, frame).changed(PROGRESSIVE_FRAME, frame).changed(SCAN, part -> {
            for (int i = 0; i < part[4]; i++) {
                part[5 + 2 * i] = (byte) ids[part[5 + 2 * i] - 1];
            }
            return part;
        });
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(0xff);
        file.write(0xd8);
        parts.forEach(file::writeBytes);
        return file.toByteArray();
    }
}
