package io.iedp.serve.work;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import io.iedp.io.image.ImageFiles;
import io.iedp.io.image.ImageSize;
import io.iedp.serve.limits.Deadline;
import io.iedp.serve.limits.Limits;
import io.iedp.serve.limits.MemoryBudget;
import io.iedp.serve.limits.RequestFailure;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Decodes and encodes pictures, of sizes that are known beforehand, and no more at once than the limits say. */
public final class Pictures {
    /** How messages call the file of a request. */
    private static final String ORIGIN = "What was sent";

    /** Decoded twice, as floats, the model's values and a drawing of them, of one task. */
    private static final int BYTES_PER_PIXEL = 40;

    private final Limits limits;
    private final Semaphore places;

    public Pictures(Limits limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.decoders(), true);
    }

    /**
     * Decodes a file, upright as its EXIF orientation says.
     *
     * @param memory what the picture and its prediction will take is added to it, before it is decoded
     * @throws RequestFailure if it is damaged or no picture (400), has too many pixels (413), or there is no memory for it now
     *     (503)
     */
    public BufferedImage decode(byte[] file, MemoryBudget.Share memory, Deadline deadline) {
        return atOnce(deadline, () -> {
            try {
                ImageSize size = ImageFiles.size(file, ORIGIN);
                reserve(size.width(), size.height(), memory);
                return ImageFiles.decodeRgb(file, ORIGIN).toBufferedImage();
            } catch (UserException e) {
                throw RequestFailure.bad(e.getMessage(), e);
            }
        });
    }

    /**
     * A picture whose pixels are there.
     *
     * @param pixels red, green, blue of each pixel, row by row
     * @throws RequestFailure as for {@link #decode}
     */
    public BufferedImage of(int width, int height, byte[] pixels, MemoryBudget.Share memory) {
        reserve(width, height, memory);
        return new RgbImage(width, height, pixels).toBufferedImage();
    }

    private void reserve(int width, int height, MemoryBudget.Share memory) {
        long pixels = (long) width * height;
        if (pixels > limits.pixels()) {
            throw RequestFailure.tooLarge(String.format(
                    Locale.ROOT,
                    "The picture has %d x %d pixels, which are %.1f million; this server takes up to %.1f million",
                    width,
                    height,
                    pixels / 1e6,
                    limits.pixels() / 1e6));
        }
        memory.grow(pixels * BYTES_PER_PIXEL);
    }

    /** Does work on pictures when it is its turn. */
    public <T> T atOnce(Deadline deadline, Supplier<T> work) {
        try {
            if (!places.tryAcquire(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
                throw RequestFailure.late();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestFailure.later(1, "The server is stopping");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
