package io.iedp.datasets.files;

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import java.util.List;

/**
 * What the values in a data set's maps mean.
 *
 * @param labels from stored labels to classes
 * @param depthUnit metres that one unit of a depth map stands for
 */
record MapFormat(DatasetInfo info, LabelTable labels, double depthUnit) {
    static MapFormat ofLabels(List<ClassInfo> classes, LabelTable labels) {
        return new MapFormat(new DatasetInfo(classes, 0), labels, 1);
    }

    static MapFormat ofDepth(double depthUnit, double maxDepth) {
        return new MapFormat(new DatasetInfo(List.of(), maxDepth), LabelTable.inOrder(0, false, List.of()), depthUnit);
    }
}
