package io.iedp.launcher.engine;

import io.iedp.launcher.config.ExperimentLoader;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.launcher.plugin.PluginLoader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The smallest experiment that has all parts. */
final class MicroExperiment {
    private MicroExperiment() {}

    /**
     * @param settings {@code key.path=value} each
     */
    static Experiment with(String... settings) {
        try {
            Path file =
                    Path.of(Objects.requireNonNull(MicroExperiment.class.getResource("/io/iedp/launcher/micro.yaml"))
                            .toURI());
            return new ExperimentLoader(PluginLoader.own(), Map.of())
                    .load(file, List.of(settings))
                    .experiment();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
