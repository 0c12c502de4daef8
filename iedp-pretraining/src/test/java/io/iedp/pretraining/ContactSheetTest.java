package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private static RgbImage picture(int value) {
        byte[] pixels = new byte[3 * 3 * 2];
        Arrays.fill(pixels, (byte) value);
        return new RgbImage(3, 2, pixels);
    }

    @Test
    void picturesStandInRows() {
        List<RgbImage> three =
                IntStream.of(10, 20, 30).mapToObj(ContactSheetTest::picture).toList();

        RgbImage sheet = ContactSheet.of(three);

        assertThat(sheet.width()).isEqualTo(3 + 4 + 3);
        assertThat(sheet.height()).isEqualTo(2 + 4 + 2);
        assertThat(sheet.rgb(0, 0)).isEqualTo(0x0a0a0a);
        assertThat(sheet.rgb(2, 1)).isEqualTo(0x0a0a0a);
        assertThat(sheet.rgb(3, 1)).isEqualTo(0xffffff);
        assertThat(sheet.rgb(9, 1)).isEqualTo(0x141414);
        assertThat(sheet.rgb(0, 2)).isEqualTo(0xffffff);
        assertThat(sheet.rgb(0, 7)).isEqualTo(0x1e1e1e);
        assertThat(sheet.rgb(9, 7)).isEqualTo(0xffffff);
    }

    @Test
    void onePictureIsItsOwnSheet() {
        assertThat(ContactSheet.of(List.of(picture(7))).pixels())
                .isEqualTo(picture(7).pixels());
    }
}
