package io.iedp.io.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the frame header of a JPEG file says (ITU-T T.81, B.2.2).
 *
 * @param progressive whether scans refine each other; otherwise each has all there is of its channels
 */
record JpegFrame(boolean progressive, int width, int height, List<Channel> channels) {
    private static final int BLOCK = 8;

    /**
     * A channel of the picture.
     *
     * @param id by which scans name it
     * @param across horizontal sampling factor, from 1 to 4
     * @param down vertical sampling factor
     */
    record Channel(int id, int across, int down) {}

    static JpegFrame of(boolean progressive, ByteBuffer header) {
        List<Channel> channels = new ArrayList<>();
        for (int at = 6; at < header.limit(); at += 3) {
            int factors = header.get(at + 1) & 0xff;
            channels.add(new Channel(header.get(at) & 0xff, factors >> 4, factors & 15));
        }
        return new JpegFrame(
                progressive, header.getShort(3) & 0xffff, header.getShort(1) & 0xffff, List.copyOf(channels));
    }

    private int mostAcross() {
        return channels.stream().mapToInt(Channel::across).max().orElse(1);
    }

    private int mostDown() {
        return channels.stream().mapToInt(Channel::down).max().orElse(1);
    }

    /** The standard's range of factors (B.2.2). */
    boolean hasSensibleFactors() {
        return channels.stream()
                .allMatch(channel ->
                        channel.across >= 1 && channel.across <= 4 && channel.down >= 1 && channel.down <= 4);
    }

    /** Whether each channel is enlarged by a whole number; libjpeg does no other. */
    boolean hasWholeRatios() {
        return channels.stream()
                .allMatch(channel -> mostAcross() % channel.across == 0 && mostDown() % channel.down == 0);
    }

    /** Blocks of 8 x 8 in a scan of some channels (A.2). */
    long blocks(List<Integer> scanned) {
        if (scanned.size() == 1) {
            Channel channel = channels.get(scanned.get(0));
            return (long) parts(parts(width * channel.across, mostAcross()), BLOCK)
                    * parts(parts(height * channel.down, mostDown()), BLOCK);
        }
        long units = (long) parts(width, BLOCK * mostAcross()) * parts(height, BLOCK * mostDown());
        return units
                * scanned.stream()
                        .map(channels::get)
                        .mapToInt(channel -> channel.across * channel.down)
                        .sum();
    }

    /** Blocks of all channels, filled up to whole units. */
    long blocks() {
        long units = (long) parts(width, BLOCK * mostAcross()) * parts(height, BLOCK * mostDown());
        return units
                * channels.stream()
                        .mapToInt(channel -> channel.across * channel.down)
                        .sum();
    }

    private static int parts(int whole, int part) {
        return (whole + part - 1) / part;
    }
}
