package io.iedp.pretraining;

import io.iedp.api.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Width and height in pixels. */
public record PictureSize(int width, int height) {
    /** Pixels of an edge, several times those that any model was trained on. */
    static final int LONGEST = 8192;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

    public PictureSize {
        if (width < 1 || height < 1 || width > LONGEST || height > LONGEST) {
            throw new IllegalArgumentException("a picture of %sx%s is none: both edges must have 1 to %s pixels"
                    .formatted(width, height, LONGEST));
        }
    }

    /**
     * @param written as in {@code 768x512}
     * @throws IllegalArgumentException if it is not
     */
    static PictureSize parse(String written) {
        Matcher size = WRITTEN.matcher(written);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "size must be width and height in pixels, as in 768x512, not '%s'".formatted(written));
        }
        return new PictureSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }

    /**
     * @param edge that both edges must be multiples of
     * @throws UserException with those sizes that are nearest
     */
    void requireMultiples(int edge) {
        if (width % edge != 0 || height % edge != 0) {
            String nearest = Stream.of(0, edge - 1)
                    .map(more -> new PictureSize(multiple(width + more, edge), multiple(height + more, edge)))
                    .distinct()
                    .map(PictureSize::toString)
                    .collect(Collectors.joining(" and "));
            throw new UserException(
                    "size is %s, but this model draws edges that are multiples of %s pixels: the nearest are %s."
                            .formatted(this, edge, nearest));
        }
    }

    /** The multiples that are nearest to it. */
    PictureSize rounded(int edge) {
        return new PictureSize(multiple(width + edge / 2, edge), multiple(height + edge / 2, edge));
    }

    private static int multiple(int pixels, int edge) {
        return Math.max(1, Math.min(pixels, LONGEST) / edge) * edge;
    }

    @Override
    public String toString() {
        return "%sx%s".formatted(width, height);
    }
}
