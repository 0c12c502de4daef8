package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorWordTest {
    /** The colours that CSS has under these names, and some that are called so in English. */
    @ParameterizedTest
    @CsvSource({
        "RED,ff0000", "RED,b22222", "ORANGE,ffa500", "BROWN,8b4513", "BROWN,6b4226", "YELLOW,ffff00", "YELLOW,ffd700",
        "GREEN,008000", "GREEN,228b22", "BLUE,0000ff", "BLUE,4169e1", "PURPLE,800080", "PURPLE,9932cc", "BLACK,000000",
        "GRAY,808080", "GRAY,696969", "WHITE,ffffff", "WHITE,f5f5f5"
    })
    void namesColors(ColorWord word, String rgb) {
        assertThat(ColorWord.of(Integer.parseInt(rgb, 16))).contains(word);
    }

    /** Cyan, pink and beige are between the words. */
    @ParameterizedTest
    @CsvSource({"00ffff", "ffc0cb", "f5deb3"})
    void namesNoOthers(String rgb) {
        assertThat(ColorWord.of(Integer.parseInt(rgb, 16))).isEmpty();
    }

    @Test
    void mostPixelsMustAgree() {
        byte[] pixels = new byte[10 * 3];
        IntStream.range(0, 7).forEach(i -> pixels[i * 3] = (byte) 200);
        IntStream.range(7, 10).forEach(i -> pixels[i * 3 + 2] = (byte) 200);
        RgbImage image = new RgbImage(5, 2, pixels);
        assertThat(ColorWord.of(image, IntStream.range(0, 10))).contains(ColorWord.RED);
        assertThat(ColorWord.of(image, IntStream.range(1, 10))).isEmpty();
        assertThat(ColorWord.of(image, IntStream.range(7, 10))).contains(ColorWord.BLUE);
    }

    /** What has a word of its own keeps it where every colour must have one. */
    @Test
    void everyColorHasANearestWord() {
        for (int rgb = 0; rgb <= 0xffffff; rgb += 0x010305) {
            int color = rgb;
            ColorWord nearest = ColorWord.nearest(rgb);
            ColorWord.of(rgb)
                    .ifPresent(word -> assertThat(nearest).as("%06x", color).isEqualTo(word));
        }
        assertThat(ColorWord.nearest(0xe7e2d4)).isEqualTo(ColorWord.WHITE);
        assertThat(ColorWord.nearest(0x4aa3a0)).isEqualTo(ColorWord.BLUE);
        assertThat(ColorWord.nearest(0xc69c6d)).isEqualTo(ColorWord.ORANGE);
        assertThat(ColorWord.nearest(0x9b6b3d)).isEqualTo(ColorWord.BROWN);
    }

    @Test
    void thingsOfTwoColorsHaveThatOfMost() {
        byte[] pixels = new byte[5 * 3];
        IntStream.range(0, 3).forEach(i -> pixels[i * 3] = (byte) 200);
        IntStream.range(3, 5).forEach(i -> pixels[i * 3 + 2] = (byte) 200);
        RgbImage image = new RgbImage(5, 1, pixels);
        assertThat(ColorWord.of(image, IntStream.range(0, 5))).isEmpty();
        assertThat(ColorWord.ofMost(image, IntStream.range(0, 5))).contains(ColorWord.RED);
        assertThat(ColorWord.ofMost(image, IntStream.empty())).isEmpty();
    }
}
