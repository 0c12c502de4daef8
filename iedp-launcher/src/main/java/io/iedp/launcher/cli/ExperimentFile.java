package io.iedp.launcher.cli;

import io.iedp.config.ExperimentLoader;
import io.iedp.config.Loaded;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** An experiment file with settings that override its own. */
final class ExperimentFile {
    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY.PATH=VALUE",
            description = "Settings that override those of the file, as in training.steps=100.")
    private List<String> overrides = List.of();

    Loaded load(ExperimentLoader loader) {
        return loader.load(file, overrides);
    }

    Path file() {
        return file;
    }
}
