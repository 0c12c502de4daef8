package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (PNG specification, third edition). Those that only tell how to show the stored values -
 * transparent colours, gamma, profiles - are passed over, whatever is in them.
 *
 * @param bits a sample
 * @param channels as stored: 1 for palettes
 * @param palette red, green, blue of each index that can be written with these bits
 * @param pixels the compressed data, in parts
 */
record StoredPng(
        String file,
        int width,
        int height,
        int bits,
        int channels,
        boolean interlaced,
        Optional<byte[]> palette,
        Optional<ByteBuffer> exif,
        List<ByteBuffer> pixels)
        implements StoredPicture {
    /** Deflate's best: 258 bytes from two bits. */
    private static final long DENSEST = 1032;

    private static final int SIGNATURE_LENGTH = 8;
    private static final int AROUND_DATA = 12;
    private static final int HEADER_LENGTH = 13;
    private static final int PALETTE = 3;

    /** The one that is decoded, and the one above it. */
    private static final int ROWS = 2;

    /** Bytes of a row of some pixels. */
    long rowBytes(int pixels) {
        return ((long) pixels * channels * bits + 7) / 8;
    }

    @Override
    public long decoderBytes() {
        return ROWS * rowBytes(width);
    }

    @Override
    public RgbImage decode() {
        return new PngDecoder(this).rgb();
    }

    /**
     * @throws UserException if chunks are missing, cut or changed, if there are too few bytes for the pixels, or if a
     *     chunk must be understood and is unknown
     */
    static StoredPng of(String file, byte[] bytes) {
        return new Reader(file, bytes).read();
    }

    private static final class Reader {
        private final String file;
        private final byte[] bytes;
        private final ByteBuffer data;
        private ByteBuffer header;
        private byte[] palette;
        private ByteBuffer exif;
        private final List<ByteBuffer> pixels = new ArrayList<>();

        Reader(String file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
            data = ByteBuffer.wrap(bytes).position(SIGNATURE_LENGTH);
        }

        StoredPng read() {
            String type = "";
            while (!type.equals("IEND")) {
                int start = data.position();
                ByteBuffer chunk = next();
                type = new String(bytes, start + 4, 4, StandardCharsets.ISO_8859_1);
                if (header == null && !type.equals("IHDR")) {
                    throw Refusal.damaged(file, "it does not begin with a header");
                }
                take(type, chunk, start);
            }
            return checked();
        }

        /** Length, type, data and checksum (5.3). */
        private ByteBuffer next() {
            int start = data.position();
            if (data.remaining() < AROUND_DATA) {
                throw Refusal.cut(file, bytes.length);
            }
            int length = data.getInt();
            if (length < 0 || length > data.remaining() - 8) {
                throw Refusal.damaged(file, "the part at byte %s is longer than the rest of the file".formatted(start));
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes, start + 4, length + 4);
            data.position(start + 8 + length);
            if (data.getInt() != (int) checksum.getValue()) {
                throw Refusal.damaged(file, "the part at byte %s does not agree with its checksum".formatted(start));
            }
            return ByteBuffer.wrap(bytes, start + 8, length).slice();
        }

        private void take(String type, ByteBuffer chunk, int start) {
            switch (type) {
                case "IHDR" -> {
                    if (header != null || chunk.remaining() != HEADER_LENGTH) {
                        throw Refusal.damaged(file, "the header at byte %s makes no sense".formatted(start));
                    }
                    header = chunk;
                }
                case "PLTE" -> {
                    if (palette == null && header.get(9) == PALETTE && pixels.isEmpty()) {
                        palette = colors(chunk);
                    }
                }
                case "IDAT" -> pixels.add(chunk);
                case "IEND" -> {}
                case "eXIf" -> exif = exif == null ? chunk : exif;
                default -> {
                    if (Character.isUpperCase(type.charAt(0))) {
                        throw Refusal.otherKind(file, "PNG", "with a part " + type);
                    }
                }
            }
        }

        /** Indices beyond the palette's end are black, as libpng has them. */
        private byte[] colors(ByteBuffer chunk) {
            if (!chunk.hasRemaining() || chunk.remaining() % 3 != 0) {
                throw Refusal.damaged(file, "its palette has %s bytes".formatted(chunk.remaining()));
            }
            byte[] colors = new byte[3 * 256];
            chunk.get(colors, 0, Math.min(chunk.remaining(), colors.length));
            return colors;
        }

        private StoredPng checked() {
            int width = header.getInt(0);
            int height = header.getInt(4);
            int bits = header.get(8);
            int channels = channels(bits, header.get(9));
            boolean known = header.get(10) == 0 && header.get(11) == 0 && (header.get(12) & ~1) == 0;
            if (width <= 0 || height <= 0 || channels == 0 || !known) {
                throw Refusal.damaged(file, "its header makes no sense");
            }
            if (header.get(9) == PALETTE && palette == null) {
                throw Refusal.damaged(file, "its palette is missing");
            }
            long compressed = pixels.stream().mapToLong(ByteBuffer::remaining).sum();
            // As floating point, since nothing has been bounded yet.
            if ((double) width * height * channels * bits / 8 > (double) DENSEST * compressed) {
                throw Refusal.tooFewBytes(file, bytes.length, width, height);
            }
            return new StoredPng(
                    file,
                    width,
                    height,
                    bits,
                    channels,
                    header.get(12) == 1,
                    Optional.ofNullable(palette),
                    Optional.ofNullable(exif),
                    List.copyOf(pixels));
        }

        /** How many samples a pixel has; none if the bits do not go with the type of colours (table 11.1). */
        private static int channels(int bits, int colorType) {
            boolean few = bits == 1 || bits == 2 || bits == 4;
            boolean many = bits == 8 || bits == 16;
            return switch (colorType) {
                case 0 -> few || many ? 1 : 0;
                case PALETTE -> few || bits == 8 ? 1 : 0;
                case 2 -> many ? 3 : 0;
                case 4 -> many ? 2 : 0;
                case 6 -> many ? 4 : 0;
                default -> 0;
            };
        }
    }
}
