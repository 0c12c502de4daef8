package io.iedp.datasets.folder;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import java.nio.file.Path;

/** From the numbers in label maps to those of the classes. */
final class LabelTable {
    private static final float UNKNOWN = -1;

    private final float[] classes = new float[256];
    private final int first;
    private final int last;

    /**
     * @param config says which labels are ignored, and whether 0 is one of them
     */
    LabelTable(FolderConfig config, int count) {
        first = config.reduceZeroLabel() ? 1 : 0;
        last = first + count - 1;
        for (int label = 0; label < classes.length; label++) {
            boolean ignored =
                    label == Raster.IGNORE || label < first || config.ignore().contains(label);
            classes[label] = ignored ? Raster.IGNORE : label > last ? UNKNOWN : label - first;
        }
    }

    /** Changes the labels in place. */
    Raster apply(Raster labels, Path file) {
        float[] values = labels.values();
        for (int i = 0; i < values.length; i++) {
            float known = classes[(int) values[i]];
            if (known == UNKNOWN) {
                throw new UserException(
                        "%s: the pixel at (%d, %d) has label %d, but there are %d classes, with labels %d to %d. Labels that stand for no class belong into 'ignore'."
                                .formatted(
                                        file,
                                        i % labels.width(),
                                        i / labels.width(),
                                        (int) values[i],
                                        last - first + 1,
                                        first,
                                        last));
            }
            values[i] = known;
        }
        return labels;
    }
}
