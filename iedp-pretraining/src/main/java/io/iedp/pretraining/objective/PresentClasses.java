package io.iedp.pretraining.objective;

import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import java.util.BitSet;

/** Which classes a sample's labels have. */
final class PresentClasses {
    private PresentClasses() {}

    /**
     * @param classes how many there are; other labels are ignored
     */
    static BitSet of(Sample sample, int classes) {
        BitSet present = new BitSet(classes);
        Raster labels = sample.target(Sample.LABELS);
        for (float label : labels.values()) {
            if (label != labels.invalid() && label >= 0 && label < classes) {
                present.set((int) label);
            }
        }
        return present;
    }
}
