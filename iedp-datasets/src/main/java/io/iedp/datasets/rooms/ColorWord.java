package io.iedp.datasets.rooms;

import io.iedp.api.data.RgbImage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The basic colour that most pixels of a thing have; a colour between two of them is spoken of by no word. */
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

    /** The word for those pixels of a picture, numbered row by row. */
    static Optional<ColorWord> of(RgbImage image, IntStream pixels) {
        Map<ColorWord, Integer> votes = new EnumMap<>(ColorWord.class);
        int[] all = pixels.toArray();
        for (int pixel : all) {
            of(image.rgb(pixel % image.width(), pixel / image.width()))
                    .ifPresent(word -> votes.merge(word, 1, Integer::sum));
        }
        return votes.entrySet().stream()
                .filter(vote -> vote.getValue() >= MAJORITY * all.length)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The word of one colour, by its hue, saturation and brightness.
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
