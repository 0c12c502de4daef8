package io.iedp.api.data;

import java.util.Map;
import java.util.Set;

/**
 * What a sample has, which may be known before its picture is read.
 *
 * @param name as in {@link Sample}
 * @param targets names of its ground truth
 * @param texts sentences about the picture by name
 */
public record SampleOutline(String name, Set<String> targets, Map<String, String> texts) {
    public SampleOutline {
        targets = Set.copyOf(targets);
        texts = Map.copyOf(texts);
    }

    public static SampleOutline of(Sample sample) {
        return new SampleOutline(sample.name(), sample.targets().keySet(), sample.texts());
    }
}
