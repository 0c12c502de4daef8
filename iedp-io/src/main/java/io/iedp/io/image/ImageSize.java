package io.iedp.io.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of an image, in pixels. */
public record ImageSize(int width, int height) {
    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

    /** What is written as {@code 640x480}; empty if it is not. */
    public static Optional<ImageSize> parse(String written) {
        Matcher size = WRITTEN.matcher(written);
        return size.matches()
                ? Optional.of(new ImageSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
                : Optional.empty();
    }
}
