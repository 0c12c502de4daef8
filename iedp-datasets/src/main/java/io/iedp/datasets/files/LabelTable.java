package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** From the numbers in label maps to those of the classes. */
final class LabelTable {
    /** The class of a label that must not occur. */
    static final int UNKNOWN = -1;

    private static final int SHOWN = 8;

    private final float[] classes = new float[256];
    private final String allowed;

    /**
     * @param classOf gives for each label from 0 to 254 a class, {@link Raster#IGNORE} or {@link #UNKNOWN}
     * @param allowed what labels there should be, as the end of a sentence and perhaps more of them
     */
    LabelTable(IntUnaryOperator classOf, String allowed) {
        for (int label = 0; label < classes.length; label++) {
            classes[label] = label == Raster.IGNORE ? Raster.IGNORE : classOf.applyAsInt(label);
        }
        this.allowed = allowed;
    }

    /**
     * The classes in the order of their labels.
     *
     * @param reduceZeroLabel whether 0 is nothing and the first class is 1
     * @param ignore further labels that do not count
     */
    static LabelTable inOrder(int count, boolean reduceZeroLabel, List<Integer> ignore) {
        int first = reduceZeroLabel ? 1 : 0;
        int last = first + count - 1;
        return new LabelTable(
                label -> label < first || ignore.contains(label)
                        ? Raster.IGNORE
                        : label > last ? UNKNOWN : label - first,
                "there are %s classes, with labels %s to %s. Labels that stand for no class belong into 'ignore'.%s"
                        .formatted(
                                count,
                                first,
                                last,
                                reduceZeroLabel
                                        ? ""
                                        : " If 0 stands for nothing and the classes begin at 1, set reduce-zero-label: true."));
    }

    /**
     * Changes the labels in place.
     *
     * @param file where they are from, for messages
     */
    Raster apply(Raster labels, String file) {
        float[] values = labels.values();
        for (int i = 0; i < values.length; i++) {
            float known = classes[(int) values[i]];
            if (known == UNKNOWN) {
                throw unknown(labels, i, file);
            }
            values[i] = known;
        }
        return labels;
    }

    private UserException unknown(Raster labels, int at, String file) {
        int label = (int) labels.values()[at];
        TreeSet<Integer> others = new TreeSet<>();
        for (int i = at; i < labels.values().length; i++) {
            int other = (int) labels.values()[i];
            if (classes[other] == UNKNOWN && other != label) {
                others.add(other);
            }
        }
        String more = others.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return new UserException("%s: the pixel at (%s, %s) has label %s%s, but %s"
                .formatted(
                        file,
                        at % labels.width(),
                        at / labels.width(),
                        label,
                        others.isEmpty()
                                ? ""
                                : " (others have %s%s)".formatted(more, others.size() > SHOWN ? ", ..." : ""),
                        allowed));
    }
}
