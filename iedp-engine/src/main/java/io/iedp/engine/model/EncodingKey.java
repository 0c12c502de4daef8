package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.io.file.Sha256;
import io.iedp.nn.Slices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;

/** A digest of all that the encoding of a sample depends on. */
final class EncodingKey {
    private final MessageDigest digest = Sha256.digest();

    private EncodingKey() {}

    /**
     * The key of one sample of a batch. Where the pixels are the samples' own, it is made of the bytes on the host, and
     * nothing is fetched from the device.
     *
     * @param encoder tells this encoder with its weights from all others
     * @param withTruth whether the texts and targets of samples count
     * @param batch whose pixels, if they are the samples' own, may be padded
     */
    static String of(String encoder, boolean withTruth, Batch batch, int index) {
        EncodingKey key = new EncodingKey();
        key.add(encoder);
        boolean sampled = batch.samples().size() == batch.size();
        if (batch.unchanged() && sampled) {
            key.add(batch.samples().get(index).image(), batch.pixels().getShape());
        } else {
            key.add(Slices.rows(batch.pixels(), index, index + 1));
        }
        if (withTruth) {
            key.add(batch.samples().get(index));
        }
        return HexFormat.of().formatHex(key.digest.digest());
    }

    /** A picture, and the size that it is padded to. */
    private void add(RgbImage picture, Shape pixels) {
        add(String.format(
                Locale.ROOT,
                "picture %d %d in %d %d",
                picture.width(),
                picture.height(),
                pixels.get(3),
                pixels.get(2)));
        digest.update(picture.pixels());
    }

    private void add(NDArray pixels) {
        add("pixels " + pixels.getShape());
        digest.update(pixels.toByteBuffer());
    }

    private void add(Sample sample) {
        new TreeMap<>(sample.texts()).forEach((name, text) -> {
            add(name);
            add(text);
        });
        new TreeMap<>(sample.targets()).forEach((name, target) -> {
            add(String.format(Locale.ROOT, "%s %d %d %d", name, target.width(), target.height(), target.channels()));
            add(target);
        });
    }

    private void add(Raster target) {
        ByteBuffer bytes =
                ByteBuffer.allocate(target.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(target.values());
        digest.update(bytes);
    }

    /** With its length before it, so that two texts are never another two. */
    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
