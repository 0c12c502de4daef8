package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;

class MajorityClassTest {
    private static Raster labels(float... values) {
        return Raster.labels(values.length, 1, values);
    }

    @Test
    void pixelsOfAllPicturesCount() {
        MajorityClass baseline = new MajorityClass(3);
        baseline.observe(labels(0, 0, 1));
        baseline.observe(labels(1, 1, 2, Raster.IGNORE, Raster.IGNORE, Raster.IGNORE, Raster.IGNORE));
        Raster predicted = baseline.predict(4, 2);
        assertThat(predicted.width()).isEqualTo(4);
        assertThat(predicted.height()).isEqualTo(2);
        assertThat(predicted.values()).containsOnly(1);
    }

    @Test
    void tiesGoToTheFirst() {
        MajorityClass baseline = new MajorityClass(3);
        baseline.observe(labels(2, 1));
        assertThat(baseline.predict(1, 1).values()).containsExactly(1);
        assertThat(new MajorityClass(3).predict(1, 1).values()).containsExactly(0);
    }

    /** 6 of 8 pixels are class 1: pixel accuracy 6/8, mean accuracy (0 + 1) / 2, IoU 0 and 6/8. */
    @Test
    void itsScoreIsWhatItsShareSays() {
        MajorityClass baseline = new MajorityClass(2);
        Raster truth = labels(1, 1, 1, 0, 0, 1, 1, 1);
        baseline.observe(truth);
        SegmentationMetrics metrics = new SegmentationMetrics(List.of("wall", "floor"));
        metrics.update(baseline.predict(8, 1), truth);
        assertThat(metrics.report().values())
                .containsEntry("aAcc", 0.75)
                .containsEntry("mAcc", 0.5)
                .containsEntry("mIoU", 0.375);
    }
}
