package io.iedp.engine;

import io.iedp.config.ExperimentLoader;
import io.iedp.config.Loaded;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.PluginLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
        return new ExperimentLoader(PluginLoader.own(), Map.of()).load(file(), List.of(settings));
    }

    /** A copy, since the resource may be in a jar. */
    private static Path file() {
        try (InputStream in =
                Objects.requireNonNull(MicroExperiment.class.getResourceAsStream("/io/iedp/engine/micro.yaml"))) {
            Path file = Files.createTempDirectory("micro").resolve("micro.yaml");
            Files.copy(in, file);
            file.toFile().deleteOnExit();
            file.getParent().toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
