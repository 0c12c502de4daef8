package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B). What applications add - profiles, thumbnails, comments - is left
 * out of what is decoded, whatever is in it. Which colours the channels are is settled by libjpeg's rules
 * ({@code default_decompress_parms}), and said to the JDK, which has rules of its own.
 *
 * @param scans how many passes over the picture the file holds
 * @param plain the same pixels in a file without anything that does not bear on them
 */
record StoredJpeg(String file, JpegFrame frame, int scans, Optional<ByteBuffer> exif, byte[] plain)
        implements StoredPicture {
    /** Software that optimizes scans comes to about 20. */
    private static final int USUAL_SCANS = 32;

    /** Pixels times scans, at one to two nanoseconds each. */
    private static final long MOST_WORK = 1L << 30;

    /** libjpeg's, for a side. */
    private static final int MOST_PIXELS = 65500;

    private static final int BYTES_OF_BLOCK = 128;

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public int height() {
        return frame.height();
    }

    /** What the JDK gives, from which the pixels are taken. */
    @Override
    public long decoderBytes() {
        return (long) width() * height() * frame.channels().size();
    }

    /** Bytes outside the heap: with several scans, all coefficients are kept until the last. */
    long nativeBytes() {
        return scans > 1 || frame.progressive() ? frame.blocks() * BYTES_OF_BLOCK : 0;
    }

    @Override
    public RgbImage decode() {
        return new JpegDecoder(file).decode(plain);
    }

    /**
     * @throws UserException if the file is cut, its headers contradict each other, or it has too few bytes for its
     *     pixels; if it is CMYK or of a kind that libjpeg does not read; if its scans take too long
     */
    static StoredJpeg of(String file, byte[] bytes) {
        return new Reader(file, bytes).read();
    }

    private static final class Reader {
        private static final String JFIF = "\377\330\377\340\0\20JFIF\0\1\1\0\0\1\0\1\0\0";
        private static final String RGB = "\377\330\377\356\0\20Adobe\0d\0\0\0\0\0\0\0";
        private static final int BEGINNING = 20;
        private static final int START = 0xd8;
        private static final int END = 0xd9;
        private static final int SCAN = 0xda;

        private final String file;
        private final byte[] bytes;
        private final ByteArrayOutputStream body;
        private int at = 2;
        private JpegFrame frame;
        private int scans;
        private final Set<Integer> begun = new HashSet<>();
        private boolean jfif;
        private int adobe = -1;
        private ByteBuffer exif;

        Reader(String file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
            body = new ByteArrayOutputStream(bytes.length + 2 * BEGINNING);
            body.writeBytes(new byte[BEGINNING]); // written when the colours are known
        }

        StoredJpeg read() {
            for (int marker = marker(); marker != END; marker = marker()) {
                boolean alone = marker == 0x01 || marker >= 0xd0 && marker < START;
                if (!alone) {
                    take(marker, segment());
                }
            }
            if (frame == null || begun.size() < frame.channels().size()) {
                throw damaged(frame == null ? "it has no picture" : "it has no pixels for some of its channels");
            }
            if (scans > USUAL_SCANS && (long) frame.width() * frame.height() * scans > MOST_WORK) {
                throw Refusal.tooLarge(
                        file, "%s x %s pixels in %s scans".formatted(frame.width(), frame.height(), scans));
            }
            return new StoredJpeg(file, frame, scans, Optional.ofNullable(exif), plain());
        }

        private UserException damaged(String reason) {
            return Refusal.damaged(file, reason);
        }

        private int next() {
            if (at >= bytes.length) {
                throw Refusal.cut(file, bytes.length);
            }
            return bytes[at++] & 0xff;
        }

        /** The next marker, beyond fill bytes and, as for everybody else, beyond whatever stands before it. */
        private int marker() {
            int marker = 0;
            while (marker == 0) {
                int before = next();
                while (before != 0xff) {
                    before = next();
                }
                marker = 0xff;
                while (marker == 0xff) {
                    marker = next();
                }
            }
            return marker;
        }

        /** A length, which counts itself, and what it tells the length of. */
        private ByteBuffer segment() {
            int length = next() << 8 | next();
            if (length < 2) {
                throw damaged("the part at byte %s has no length".formatted(at - 4));
            }
            if (length - 2 > bytes.length - at) {
                throw Refusal.cut(file, bytes.length);
            }
            at += length - 2;
            return ByteBuffer.wrap(bytes, at - length + 2, length - 2).slice();
        }

        private void take(int marker, ByteBuffer segment) {
            switch (marker) {
                case 0xc0, 0xc1, 0xc2 -> frame(marker, segment);
                case 0xc3 -> throw unread("lossless");
                case 0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf, 0xde -> throw unread("hierarchical");
                case 0xc9, 0xca, 0xcb -> throw unread("arithmetic coding");
                case 0xf7 -> throw unread("JPEG-LS");
                case 0xc4, 0xdb, 0xdd -> write(marker, segment); // tables, and how often coding starts anew
                case SCAN -> scan(segment);
                case 0xcc, 0xdc, 0xfe -> {} // for arithmetic coding, a height that is known, a comment
                default -> {
                    if (marker < 0xe0 || marker > 0xef) {
                        throw damaged("the part at byte %s is of no known kind, %s"
                                .formatted(at - segment.limit() - 4, Integer.toHexString(marker)));
                    }
                    if (scans == 0) {
                        takeApplications(marker, segment);
                    }
                }
            }
        }

        private void takeApplications(int marker, ByteBuffer segment) {
            if (marker == 0xe0 && starts(segment, 14, "JFIF\0")) {
                jfif = true;
            } else if (marker == 0xe1 && exif == null && starts(segment, 6, "Exif\0\0")) {
                exif = segment.slice(6, segment.limit() - 6);
            } else if (marker == 0xee && starts(segment, 12, "Adobe")) {
                adobe = segment.get(11) & 0xff;
            }
        }

        private UserException unread(String kind) {
            return Refusal.otherKind(file, "JPEG", kind);
        }

        private static boolean starts(ByteBuffer segment, int least, String name) {
            boolean starts = segment.limit() >= least;
            for (int i = 0; starts && i < name.length(); i++) {
                starts = segment.get(i) == name.charAt(i);
            }
            return starts;
        }

        private void frame(int marker, ByteBuffer header) {
            int channels = header.limit() < 6 ? 0 : header.get(5) & 0xff;
            if (frame != null || channels == 0 || header.limit() != 6 + 3 * channels) {
                throw damaged("its frame header makes no sense");
            }
            frame = JpegFrame.of(marker == 0xc2, header);
            int bits = header.get(0) & 0xff;
            if (bits != 8) {
                throw unread(bits + " bits a sample");
            }
            if (channels == 4) {
                throw new UserException("%s is a CMYK picture. Convert it to RGB.".formatted(file));
            }
            if (channels != 1 && channels != 3) {
                throw unread(channels + " channels");
            }
            if (frame.height() == 0) {
                throw unread("its height follows its pixels");
            }
            if (frame.width() == 0 || !frame.hasSensibleFactors()) {
                throw damaged("its frame header makes no sense");
            }
            if (!frame.hasWholeRatios()) {
                throw unread("channels whose sizes have no whole ratio");
            }
            if (frame.width() > MOST_PIXELS || frame.height() > MOST_PIXELS) {
                throw Refusal.tooLarge(
                        file,
                        "%s x %s pixels, but a JPEG of up to %s a side is read"
                                .formatted(frame.width(), frame.height(), MOST_PIXELS));
            }
            byte[] renumbered = new byte[header.limit()];
            header.get(0, renumbered);
            for (int i = 0; i < channels; i++) {
                renumbered[6 + 3 * i] = (byte) (i + 1);
            }
            write(marker, ByteBuffer.wrap(renumbered));
        }

        /** A scan header (B.2.3) and the pixels behind it. */
        private void scan(ByteBuffer header) {
            int count = header.limit() < 6 ? 0 : header.get(0);
            if (frame == null || count < 1 || count > 4 || header.limit() != 4 + 2 * count) {
                throw damaged("a scan header makes no sense");
            }
            byte[] renumbered = new byte[header.limit()];
            header.get(0, renumbered);
            List<Integer> scanned = new ArrayList<>();
            for (int i = 1; i < 2 * count; i += 2) {
                int channel = channel(renumbered[i] & 0xff, scanned);
                scanned.add(channel);
                renumbered[i] = (byte) (channel + 1);
            }
            int parameters = 1 + 2 * count;
            if (!frame.progressive()) {
                // They mean nothing here, and libjpeg only warns of others.
                renumbered[parameters] = 0;
                renumbered[parameters + 1] = 63;
                renumbered[parameters + 2] = 0;
            }
            write(SCAN, ByteBuffer.wrap(renumbered));
            int start = at;
            skipPixels();
            body.write(bytes, start, at - start);
            scans++;
            boolean first = renumbered[parameters] == 0 && (renumbered[parameters + 2] & 0xf0) == 0;
            if (first) {
                begun.addAll(scanned);
                // A code has one bit at least; without progression, each block ends with a second one.
                long leastBits = frame.blocks(scanned) * (frame.progressive() ? 1 : 2);
                if (leastBits > 8L * (at - start)) {
                    throw Refusal.tooFewBytes(file, bytes.length, frame.width(), frame.height());
                }
            }
        }

        private int channel(int id, List<Integer> taken) {
            for (int i = 0; i < frame.channels().size(); i++) {
                if (frame.channels().get(i).id() == id && !taken.contains(i)) {
                    return i;
                }
            }
            throw damaged("a scan has a channel %s that the frame has not".formatted(id));
        }

        /** Up to the next marker that is no restart (B.1.1.5). */
        private void skipPixels() {
            while (true) {
                while (at < bytes.length && bytes[at] != -1) {
                    at++;
                }
                int start = at;
                int code = next();
                while (code == 0xff) {
                    code = next();
                }
                boolean pixels = code == 0 || code >= 0xd0 && code < START;
                if (!pixels) {
                    at = start;
                    return;
                }
            }
        }

        private void write(int marker, ByteBuffer segment) {
            byte[] copy = new byte[segment.limit()];
            segment.get(0, copy);
            body.write(0xff);
            body.write(marker);
            body.write(copy.length + 2 >> 8);
            body.write(copy.length + 2);
            body.writeBytes(copy);
        }

        /** JFIF where the channels are luminance and chrominance, Adobe's segment where they are red, green and blue. */
        private byte[] plain() {
            body.write(0xff);
            body.write(END);
            byte[] plain = body.toByteArray();
            byte[] beginning = (isRgb() ? RGB : JFIF).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(beginning, 0, plain, 0, BEGINNING);
            return plain;
        }

        private boolean isRgb() {
            List<Integer> ids =
                    frame.channels().stream().map(JpegFrame.Channel::id).toList();
            return frame.channels().size() == 3
                    && !jfif
                    && (adobe == 0 || adobe == -1 && ids.equals(List.of((int) 'R', (int) 'G', (int) 'B')));
        }
    }
}
