package io.iedp.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final RgbImage IMAGE = new RgbImage(2, 1, new byte[] {1, 2, 3, -1, -2, -3});

    @Test
    void pixelsAreRedGreenBlue() {
        assertThat(IMAGE.rgb(0, 0)).isEqualTo(0x010203);
        assertThat(IMAGE.rgb(1, 0)).isEqualTo(0xfffefd);
    }

    @Test
    void rastersAreChannelByChannel() {
        Raster raster = new Raster(2, 2, 2, new float[] {0, 1, 2, 3, 4, 5, 6, 7}, Float.NaN);
        assertThat(raster.at(1, 0)).isEqualTo(1);
        assertThat(raster.at(0, 0, 1)).isEqualTo(2);
        assertThat(raster.at(1, 1, 0)).isEqualTo(5);
    }

    @Test
    void sizesMustFit() {
        assertThatThrownBy(() -> new RgbImage(2, 2, new byte[6]))
                .hasMessage("An image of 2 x 2 needs 12 bytes, but there are 6");
        assertThatThrownBy(() -> new RgbImage(0, 2, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        // 65536 x 65536 x 3 overflows an int.
        assertThatThrownBy(() -> new RgbImage(65536, 65536, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Raster.labels(2, 2, new float[3]))
                .hasMessage("A raster of 1 x 2 x 2 needs 4 values, but there are 3");
        Map<String, Raster> targets = Map.of(Sample.LABELS, Raster.labels(1, 1, new float[1]));
        assertThatThrownBy(() -> new Sample("kitchen_7", IMAGE, targets, Map.of()))
                .hasMessage("kitchen_7: the image is 2 x 1, but its labels are 1 x 1");
    }

    @Test
    void aMissingTargetIsNamed() {
        Sample sample =
                new Sample("kitchen_7", IMAGE, Map.of(Sample.DEPTH, Raster.depth(2, 1, new float[2])), Map.of());
        assertThat(sample.target(Sample.DEPTH).invalid()).isZero();
        assertThatThrownBy(() -> sample.target(Sample.LABELS))
                .hasMessage("kitchen_7 has no target 'labels'; it has [depth]");
    }
}
