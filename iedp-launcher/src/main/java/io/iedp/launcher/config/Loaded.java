package io.iedp.launcher.config;

import io.iedp.launcher.experiment.Experiment;
import java.util.List;

/**
 * An experiment file that was read and checked.
 *
 * @param experiment what it says
 * @param resolvedYaml the same without inheritance, references and defaults left out: a file of its own
 * @param origins where each value came from
 */
public record Loaded(Experiment experiment, String resolvedYaml, List<Origin> origins) {
    public Loaded {
        origins = List.copyOf(origins);
    }
}
