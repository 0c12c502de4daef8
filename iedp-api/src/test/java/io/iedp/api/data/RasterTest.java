package io.iedp.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RasterTest {
    @Test
    void theClassesAreThoseOfPixelsThatCount() {
        Raster labels = Raster.labels(3, 2, new float[] {2, 0, Raster.IGNORE, -1, 2, 7});

        assertThat(labels.classes().stream()).containsExactly(0, 2, 7);
        assertThat(Raster.labels(1, 1, new float[] {Raster.IGNORE}).classes().isEmpty())
                .isTrue();
    }
}
