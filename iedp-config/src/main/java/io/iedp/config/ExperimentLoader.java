package io.iedp.config;

import io.iedp.config.experiment.Experiment;
import io.iedp.config.experiment.ModelSpec;
import io.iedp.config.plugin.Catalog;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads experiment files: inheritance, then settings of the command line, then references, then binding. */
public final class ExperimentLoader {
    private final Catalog catalog;
    /** The variable that names the folder of the experiment files that come with IEDP. */
    public static final String LIBRARY = "IEDP_CONFIGS";

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
        Inheritance inheritance = new Inheritance(problems, library());
        Value.Fields fields = inheritance
                .read(file)
                .map(read -> new Overrides(SourceLocation.COMMAND_LINE, problems).apply(read, settings))
                .orElseThrow(() -> new ConfigException(file.toString(), problems));
        Binder binder = new Binder(catalog, problems);
        Optional<Experiment> experiment = bind(binder, fields, problems);
        Map<String, Experiment> references = new LinkedHashMap<>();
        experiment.ifPresent(main -> main.report().references().forEach((name, changes) -> {
            List<String> all = new ArrayList<>(changes);
            all.add("evaluation.every=0");
            Value.Fields changed = new Overrides("report.references." + name, problems).apply(fields, all);
            bind(new Binder(catalog, problems), changed, problems)
                    .ifPresent(reference -> references.put(name, reference));
        }));
        if (!inheritance.isComplete()) {
            problems.removeIf(problem -> problem.rule() == Rule.MISSING_KEY);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(file.toString(), problems);
        }
        return new Loaded(
                experiment.orElseThrow(),
                ResolvedFile.write(experiment.get(), binder.secrets()),
                binder.origins(),
                references,
                binder.secrets());
    }

    /**
     * Reads what the model is, whatever the file says of data, training and reports: neither their plugins nor the
     * environment variables in them are needed.
     *
     * @throws ConfigException with all that is wrong
     * @throws io.iedp.api.UserException if the file has an objective instead
     */
    public ModelSpec loadModel(Path file) {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = Arrays.stream(ModelSpec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        Optional<Value.Fields> read = new Inheritance(problems, library()).read(file);
        if (read.filter(all -> all.fields().containsKey(Experiment.OBJECTIVE)).isPresent()) {
            throw Experiment.noModel(file.toString());
        }
        Optional<ModelSpec> model = read.flatMap(all -> new References(all, environment, problems)
                        .resolve(all.only(key -> names.stream().map(Keys::of).anyMatch(key::equals))))
                .flatMap(some -> new Binder(catalog, problems).bind(Experiment.class, names, some))
                .map(ExperimentLoader::model);
        if (!problems.isEmpty()) {
            throw new ConfigException(file.toString(), problems);
        }
        return model.orElseThrow();
    }

    private static ModelSpec model(Map<String, Object> values) {
        RecordComponent[] components = ModelSpec.class.getRecordComponents();
        try {
            return ModelSpec.class
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class[]::new))
                    .newInstance(Arrays.stream(components)
                            .map(component -> values.get(component.getName()))
                            .map(value -> value instanceof Optional<?> optional ? optional.orElseThrow() : value)
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads and checks a file once for each list of settings.
     *
     * @throws ConfigException with all that is wrong with any of them
     */
    public List<Loaded> loadAll(Path file, List<List<String>> settings) {
        List<Loaded> loaded = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (List<String> each : settings) {
            try {
                loaded.add(load(file, each));
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(file.toString(), problems);
        }
        return loaded;
    }

    /**
     * Makes an experiment of settings alone.
     *
     * @param settings {@code key.path=value} each
     * @throws ConfigException with all that is wrong
     */
    public Experiment of(List<String> settings) {
        List<Problem> problems = new ArrayList<>();
        SourceLocation place = new SourceLocation(SourceLocation.COMMAND_LINE, 0, 1, "");
        Value.Fields fields =
                new Overrides(SourceLocation.COMMAND_LINE, problems).apply(Value.Fields.empty(place), settings);
        Optional<Experiment> experiment = bind(new Binder(catalog, problems), fields, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(SourceLocation.COMMAND_LINE, problems);
        }
        return experiment.orElseThrow();
    }

    private Optional<Experiment> bind(Binder binder, Value.Fields fields, List<Problem> problems) {
        return new References(fields, environment, problems)
                .resolve()
                .flatMap(resolved -> binder.bind(Experiment.class, resolved));
    }

    /** The folder of the experiment files that come with IEDP, if the environment names it. */
    public Optional<Path> library() {
        return Optional.ofNullable(environment.get(LIBRARY))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }
}
