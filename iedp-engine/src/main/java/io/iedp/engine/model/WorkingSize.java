package io.iedp.engine.model;

/**
 * How large pictures are when a model sees them: larger ones are shrunk, and what is predicted of them is brought back to
 * their size.
 *
 * @param shorter most pixels of the shorter side
 * @param longer most pixels of the longer side
 */
public record WorkingSize(int shorter, int longer) {
    /** As large as they are. */
    public static final WorkingSize ANY = new WorkingSize(Integer.MAX_VALUE, Integer.MAX_VALUE);

    public WorkingSize {
        if (shorter < 1 || longer < 1) {
            throw new IllegalArgumentException(
                    "Pictures cannot be shrunk to %s x %s pixels".formatted(longer, shorter));
        }
    }

    /** So that the shorter side is no longer than that of samples of the training. */
    public static WorkingSize ofSamples(int width, int height) {
        return new WorkingSize(Math.min(width, height), Integer.MAX_VALUE);
    }

    public static WorkingSize longest(int pixels) {
        return new WorkingSize(Integer.MAX_VALUE, pixels);
    }

    /** What both sides are multiplied by: 1 for a picture that is small enough. */
    public double scale(int width, int height) {
        double byShorter = (double) shorter / Math.min(width, height);
        double byLonger = (double) longer / Math.max(width, height);
        return Math.min(1, Math.min(byShorter, byLonger));
    }

    /** A side of that length, when the picture has been shrunk. */
    static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.round(side * scale));
    }
}
