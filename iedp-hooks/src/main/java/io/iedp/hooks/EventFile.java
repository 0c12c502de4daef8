package io.iedp.hooks;

import io.iedp.api.data.RgbImage;
import io.iedp.io.image.ImageFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard's events: TFRecords, of which each is a message {@code Event} (TensorFlow, {@code event.proto},
 * {@code summary.proto}). Every event is in the file when it was written.
 */
final class EventFile implements Closeable {
    private static final int MASK = 0xa282ead8;
    private static final int SESSION_START = 1;
    private static final int STRING = 7;
    private static final int RGB = 3;

    private final OutputStream out;

    private EventFile(OutputStream out) {
        this.out = out;
    }

    /** Begins a new file in a folder, which is made when it is not there. */
    static EventFile create(Path folder) throws IOException {
        Files.createDirectories(folder);
        long second = System.currentTimeMillis() / 1000;
        for (int number = 0; ; number++) {
            Path file =
                    folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%d.%s.%d", second, host(), number));
            if (!Files.exists(file)) {
                EventFile events = new EventFile(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
                events.event(0, event -> event.text(3, "brain.Event:2"));
                return events;
            }
        }
    }

    /** One record: its length, the length's checksum, the data, the data's checksum. */
    static byte[] record(byte[] data) {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        return ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(masked(length))
                .put(data)
                .putInt(masked(data))
                .array();
    }

    static Proto scalar(String tag, double value) {
        return new Proto().text(1, tag).single(2, (float) value);
    }

    static Proto image(String tag, RgbImage image) {
        Proto picture = new Proto()
                .integer(1, image.height())
                .integer(2, image.width())
                .integer(3, RGB)
                .bytes(4, ImageFiles.encodePng(image.toBufferedImage()));
        return new Proto().text(1, tag).message(4, picture);
    }

    /**
     * @param text in Markdown
     */
    static Proto text(String tag, String text) {
        Proto shape = new Proto().message(2, new Proto().integer(1, 1));
        Proto tensor = new Proto().integer(1, STRING).message(2, shape).text(8, text);
        Proto metadata = new Proto().message(1, new Proto().text(1, "text"));
        return new Proto().text(1, tag).message(8, tensor).message(9, metadata);
    }

    /** Takes back what was written of this step and later ones. */
    void sessionStart(int step) throws IOException {
        event(step, event -> event.message(7, new Proto().integer(1, SESSION_START)));
    }

    void summary(int step, List<Proto> values) throws IOException {
        Proto summary = new Proto();
        values.forEach(value -> summary.message(1, value));
        event(step, event -> event.message(5, summary));
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // Everything is in the file already.
        }
    }

    private void event(int step, Consumer<Proto> content) throws IOException {
        Proto event = new Proto().real(1, System.currentTimeMillis() / 1000.0).integer(2, step);
        content.accept(event);
        out.write(record(event.toBytes()));
    }

    /** The checksum of a record: CRC-32C (RFC 3720), turned and moved, since data may hold checksums itself. */
    static int masked(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^\\w.-]", "_");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
