package io.iedp.config;

import io.iedp.config.experiment.Experiment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment file that was read and checked.
 *
 * @param experiment what it says
 * @param resolvedYaml the same without inheritance, references and defaults left out: a file of its own, in which secrets
 *     are references to the environment where they came from there, and masked elsewhere
 * @param origins where each value came from
 * @param references the experiments to measure next to it, by name
 * @param secrets what the resolved file has in the place of values that it must not hold, by their paths
 */
public record Loaded(
        Experiment experiment,
        String resolvedYaml,
        List<Origin> origins,
        Map<String, Experiment> references,
        Map<String, String> secrets) {
    public Loaded {
        origins = List.copyOf(origins);
        secrets = Map.copyOf(secrets);
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    }

    /** The same as another run. */
    public Loaded at(Path output, String name) {
        Experiment moved = experiment.at(output, name);
        return new Loaded(moved, ResolvedFile.write(moved, secrets), origins, references, secrets);
    }

    /** The same written again, when what is on disk may pin more of the weights that it names. */
    public Loaded resolvedAgain() {
        return new Loaded(experiment, ResolvedFile.write(experiment, secrets), origins, references, secrets);
    }
}
