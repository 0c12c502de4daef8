package io.iedp.engine.model;

import java.util.List;

/**
 * What a model took from a file of weights.
 *
 * @param taken names of the arrays
 * @param kept what the file lacks or has in another shape, with both shapes
 * @param unused what the file has besides
 */
public record Initialized(List<String> taken, List<String> kept, List<String> unused) {
    public Initialized {
        taken = List.copyOf(taken);
        kept = List.copyOf(kept);
        unused = List.copyOf(unused);
    }
}
