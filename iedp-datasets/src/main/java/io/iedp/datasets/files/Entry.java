package io.iedp.datasets.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one sample.
 *
 * @param name unique in its data set
 */
record Entry(String name, Path image, Optional<Path> labels, Optional<Path> depth, Map<String, String> texts) {
    static Entry labelled(String name, Path image, Path labels) {
        return new Entry(name, image, Optional.of(labels), Optional.empty(), Map.of());
    }

    /**
     * @param name a path, which becomes a name
     */
    static String name(String name) {
        return name.replace('/', '_');
    }

    static <T> List<T> first(List<T> entries, Optional<Integer> limit) {
        return entries.subList(0, Math.min(entries.size(), limit.orElse(entries.size())));
    }
}
