package io.iedp.engine;

import io.iedp.config.ExperimentLoader;
import io.iedp.config.Loaded;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.PluginLoader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The smallest experiment that has all parts. */
public final class MicroExperiment {
    private MicroExperiment() {}

    /**
     * @param settings {@code key.path=value} each
     */
    public static Experiment with(String... settings) {
        return load(settings).experiment();
    }

    /** The same with its resolved file. */
    static Loaded load(String... settings) {
        try {
            Path file = Path.of(Objects.requireNonNull(MicroExperiment.class.getResource("/io/iedp/engine/micro.yaml"))
                    .toURI());
            return new ExperimentLoader(PluginLoader.own(), Map.of()).load(file, List.of(settings));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
