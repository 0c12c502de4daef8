package io.iedp.api.task;

import io.iedp.api.data.ClassInfo;
import java.util.List;

/**
 * What the values of a prediction are.
 *
 * @param name as in {@code class} or {@code depth}; empty when the task does not say
 * @param unit as in {@code m}; empty for numbers without one
 * @param classes the classes that the values are indices of; empty for other quantities
 */
public record Quantity(String name, String unit, List<ClassInfo> classes) {
    /** Of tasks that do not say. */
    public static final Quantity UNKNOWN = new Quantity("", "", List.of());

    /** Distances along the optical axis in metres. */
    public static final Quantity DEPTH = new Quantity("depth", "m", List.of());

    public Quantity {
        classes = List.copyOf(classes);
    }

    /** Indices of classes. */
    public static Quantity classes(List<ClassInfo> classes) {
        return new Quantity("class", "", classes);
    }
}
