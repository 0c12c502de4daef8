package io.iedp.launcher.config;

import io.iedp.launcher.experiment.Experiment;
import io.iedp.launcher.plugin.Catalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads experiment files: inheritance, then settings of the command line, then references, then binding. */
public final class ExperimentLoader {
    private final Catalog catalog;
    private final Map<String, String> environment;

    /**
     * @param catalog the components that a file may choose
     * @param environment what {@code ${env:NAME}} stands for
     */
    public ExperimentLoader(Catalog catalog, Map<String, String> environment) {
        this.catalog = catalog;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks a file; nothing that it names is opened.
     *
     * @param settings {@code key.path=value} each, laid over the file
     * @throws ConfigException with all that is wrong
     */
    public Loaded load(Path file, List<String> settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<Value.Fields> read = new Inheritance(problems).read(file);
        if (read.isEmpty()) {
            throw new ConfigException(file.toString(), problems);
        }
        Value.Fields overridden = new Overrides(problems).apply(read.get(), settings);
        Value.Fields resolved = new References(overridden, environment, problems).resolve();
        Binder binder = new Binder(catalog, problems);
        Optional<Experiment> experiment = binder.bind(Experiment.class, resolved);
        if (!problems.isEmpty()) {
            throw new ConfigException(file.toString(), problems);
        }
        return new Loaded(experiment.orElseThrow(), ResolvedFile.write(experiment.get()), binder.origins());
    }
}
