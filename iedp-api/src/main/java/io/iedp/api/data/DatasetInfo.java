package io.iedp.api.data;

import java.util.List;

/**
 * What holds for a whole data set.
 *
 * @param classes in the order of their indices; empty when the samples have no labels
 * @param maxDepth the largest depth in metres that its readings may have; 0 when there is no depth
 */
public record DatasetInfo(List<ClassInfo> classes, double maxDepth) {
    public DatasetInfo {
        classes = List.copyOf(classes);
    }

    public List<String> classNames() {
        return classes.stream().map(ClassInfo::name).toList();
    }
}
