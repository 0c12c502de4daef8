package io.iedp.datasets.rooms;

import io.iedp.api.data.RgbImage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The basic colours. */
enum ColorWord {
    RED,
    ORANGE,
    BROWN,
    YELLOW,
    GREEN,
    BLUE,
    PURPLE,
    BLACK,
    GRAY,
    WHITE;

    /** Share of a thing's pixels that must agree. */
    private static final double MAJORITY = 0.7;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word that fits nearly all of those pixels of a picture, numbered row by row; most things have none. */
    static Optional<ColorWord> of(RgbImage image, IntStream pixels) {
        int[] all = pixels.toArray();
        return votes(image, all, ColorWord::of).entrySet().stream()
                .filter(vote -> vote.getValue() >= MAJORITY * all.length)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The word that fits more of those pixels than any other; empty if there are none. */
    static Optional<ColorWord> ofMost(RgbImage image, IntStream pixels) {
        return votes(image, pixels.toArray(), rgb -> Optional.of(nearest(rgb))).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private static Map<ColorWord, Integer> votes(
            RgbImage image, int[] pixels, IntFunction<Optional<ColorWord>> wordOf) {
        Map<ColorWord, Integer> votes = new EnumMap<>(ColorWord.class);
        for (int pixel : pixels) {
            wordOf.apply(image.rgb(pixel % image.width(), pixel / image.width()))
                    .ifPresent(word -> votes.merge(word, 1, Integer::sum));
        }
        return votes;
    }

    /**
     * The word nearest to one colour: every colour has one.
     *
     * @param rgb {@code 0xRRGGBB}
     */
    static ColorWord nearest(int rgb) {
        return of(rgb).orElseGet(() -> between(rgb));
    }

    /** The nearer of the words that a colour lies between. */
    private static ColorWord between(int rgb) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        int most = Math.max(red, Math.max(green, blue));
        int least = Math.min(red, Math.min(green, blue));
        if ((most - least) / (double) most < 0.22) {
            return most > 177 ? WHITE : GRAY;
        }
        double hue = hue(red, green, blue, most, least);
        if (hue < 12 || hue >= 328) {
            return RED;
        }
        if (hue < 42) {
            return most < 190 ? BROWN : ORANGE;
        }
        if (hue < 74) {
            return hue < 68 ? BROWN : YELLOW;
        }
        return hue < 175 ? GREEN : hue < 258 ? BLUE : PURPLE;
    }

    /**
     * The word of one colour, by its hue, saturation and brightness; a colour between two of them has none.
     *
     * @param rgb {@code 0xRRGGBB}
     */
    static Optional<ColorWord> of(int rgb) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        int most = Math.max(red, Math.max(green, blue));
        int least = Math.min(red, Math.min(green, blue));
        if (most < 45) {
            return Optional.of(BLACK);
        }
        double saturation = (most - least) / (double) most;
        if (saturation < 0.16) {
            return most > 190 ? Optional.of(WHITE) : most < 165 ? Optional.of(GRAY) : Optional.empty();
        }
        return saturation < 0.28 ? Optional.empty() : ofHue(hue(red, green, blue, most, least), most);
    }

    private static Optional<ColorWord> ofHue(double hue, int most) {
        if (hue < 12 || hue >= 340) {
            return Optional.of(RED);
        }
        if (hue < 42) {
            return most < 170 ? Optional.of(BROWN) : hue > 16 && most > 200 ? Optional.of(ORANGE) : Optional.empty();
        }
        if (hue < 68) {
            return most > 150 ? Optional.of(YELLOW) : Optional.empty();
        }
        if (hue < 80 || hue >= 165 && hue < 190 || hue >= 250 && hue < 265) {
            return Optional.empty();
        }
        return hue < 165
                ? Optional.of(GREEN)
                : hue < 250 ? Optional.of(BLUE) : hue < 315 ? Optional.of(PURPLE) : Optional.empty();
    }

    /** In degrees, from red over green and blue. */
    private static double hue(int red, int green, int blue, int most, int least) {
        double range = most - least;
        double sextant = most == red
                ? (green - blue) / range
                : most == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
        return (60 * sextant + 360) % 360;
    }
}
