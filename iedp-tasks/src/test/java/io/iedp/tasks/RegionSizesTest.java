package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RegionSizesTest {
    /** 1000 pixels of the class 0, but for runs of others. */
    private static Raster picture(int from, int to, int label) {
        float[] values = new float[1000];
        Arrays.fill(values, from, to, label);
        return Raster.labels(100, 10, values);
    }

    @Test
    void whatIsFoundIsAMeanOverRegions() {
        RegionSizes sizes = new RegionSizes(3);
        sizes.update(picture(3, 8, 1), picture(0, 5, 1));
        sizes.update(picture(0, 9, 2), picture(0, 9, 1));
        // Of 5 pixels 2 are found, and 3 more are taken for it: 2/5 and 2/8; of 9 none is.
        assertThat(sizes.table().rows().get(0)).isEqualTo(List.of("under 1 %", "2", "20.00", "12.50"));
        assertThat(sizes.table().rows().get(1)).isEqualTo(List.of("1 to 5 %", "0", "-", "-"));
        // Of the rest, 995 pixels, 992 are found and 3 more are taken for it; of 991 all are.
        assertThat(sizes.table().rows().get(3))
                .isEqualTo(List.of(
                        "over 20 %",
                        "2",
                        String.format(Locale.ROOT, "%.2f", 100 * (992 / 995.0 + 1) / 2),
                        String.format(Locale.ROOT, "%.2f", 100 * (992 / 998.0 + 1) / 2)));
    }

    @Test
    void pixelsWithoutALabelDoNotCount() {
        RegionSizes sizes = new RegionSizes(3);
        float[] labels = new float[100];
        Arrays.fill(labels, 0, 50, Raster.IGNORE);
        labels[99] = 1;
        sizes.update(Raster.labels(10, 10, new float[100]), Raster.labels(10, 10, labels));
        // 1 of the 50 that count is 2 %.
        assertThat(sizes.table().rows().get(1)).isEqualTo(List.of("1 to 5 %", "1", "0.00", "0.00"));
    }
}
