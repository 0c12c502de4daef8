package io.iedp.engine;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.experiment.ModelSpec;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.ModelWatch;
import io.iedp.engine.model.WorkingSize;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.RunPlugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What model is opened, and how. A value: each method returns another one.
 *
 * <pre>{@code
 * IedpModel model = ModelOptions.run(Path.of("runs/rooms")).best().device("gpu:1").open();
 * }</pre>
 */
public final class ModelOptions {
    private final Path experiment;
    private final Path weights;
    private final Optional<RunFolder> run;
    private final Optional<String> device;
    private final List<Path> plugins;
    private final Optional<Path> pluginFolder;
    private final Optional<Catalog> installed;
    private final Optional<WorkingSize> size;

    private ModelOptions(
            Path experiment,
            Path weights,
            Optional<RunFolder> run,
            Optional<String> device,
            List<Path> plugins,
            Optional<Path> pluginFolder,
            Optional<Catalog> installed,
            Optional<WorkingSize> size) {
        this.experiment = experiment;
        this.weights = weights;
        this.run = run;
        this.device = device;
        this.plugins = List.copyOf(plugins);
        this.pluginFolder = pluginFolder;
        this.installed = installed;
        this.size = size;
    }

    /**
     * The folder that a training left, with the weights that it ended with.
     *
     * @throws UserException if it is no run folder, or has no weights yet
     */
    public static ModelOptions run(Path folder) {
        RunFolder run = RunFolder.open(folder);
        return new ModelOptions(
                run.experiment(),
                run.weights(false),
                Optional.of(run),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * An experiment file with the weights of a checkpoint.
     *
     * @throws UserException if there is no such file
     */
    public static ModelOptions experiment(Path file, Path weights) {
        for (Path each : List.of(file, weights)) {
            if (!Files.isRegularFile(each)) {
                throw new UserException("There is no file %s".formatted(each));
            }
        }
        return new ModelOptions(
                file,
                weights,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * With the weights whose metrics were the best in training.
     *
     * @throws UserException if the run has none, since its metric was never measured
     */
    public ModelOptions best() {
        Path best = run.orElseThrow(() -> new IllegalStateException("Only a run knows which of its weights were best"))
                .weights(true);
        return new ModelOptions(experiment, best, run, device, plugins, pluginFolder, installed, size);
    }

    /**
     * @param name where to compute, in the place of what the experiment says: {@code auto}, {@code cpu}, {@code gpu} or {@code
     *     gpu:N}
     */
    public ModelOptions device(String name) {
        return new ModelOptions(experiment, weights, run, Optional.of(name), plugins, pluginFolder, installed, size);
    }

    /** With a plugin besides those on the class path: a jar, or a folder with its jars. */
    public ModelOptions plugin(Path jar) {
        List<Path> more = new ArrayList<>(plugins);
        more.add(jar);
        return new ModelOptions(experiment, weights, run, device, more, pluginFolder, installed, size);
    }

    /** With the plugins in a folder besides those on the class path. */
    public ModelOptions plugins(Path folder) {
        return new ModelOptions(experiment, weights, run, device, plugins, Optional.of(folder), installed, size);
    }

    /** With what a host of plugins has loaded already, and nothing else; it stays open when the model is closed. */
    public ModelOptions components(Catalog catalog) {
        return new ModelOptions(experiment, weights, run, device, plugins, pluginFolder, Optional.of(catalog), size);
    }

    /**
     * With larger images shrunk to that size before the model sees them; predictions still have the images' sizes. Time and
     * memory grow with the number of pixels, and a model sees best what is as large as in its training: without this and
     * {@link #anySize}, the shorter side has at most as many pixels as that of the samples that the run was trained with.
     *
     * @param pixels most of the longer side
     */
    public ModelOptions longest(int pixels) {
        return sized(WorkingSize.longest(pixels));
    }

    /** With images as they are, however large. */
    public ModelOptions anySize() {
        return sized(WorkingSize.ANY);
    }

    private ModelOptions sized(WorkingSize other) {
        return new ModelOptions(experiment, weights, run, device, plugins, pluginFolder, installed, Optional.of(other));
    }

    /** As large as samples of the training, where nothing else is said and the run knows it. */
    WorkingSize size() {
        return size.or(() -> sizeOfSamples().map(samples -> WorkingSize.ofSamples(samples.width(), samples.height())))
                .orElse(WorkingSize.ANY);
    }

    /**
     * Builds the model and reads its weights.
     *
     * @throws UserException if a file is missing or damaged, or names a component that is not installed
     */
    public IedpModel open() {
        return IedpModel.of(this);
    }

    /**
     * The parts of the model, in 32 bits, on kernels that are watched. They compute on the thread of whoever asks, who closes
     * them.
     *
     * @param decorator stands between the components and what they compute with
     * @throws UserException if a file is missing or damaged, or names a component that is not installed
     */
    public Assembly assemble(ModelWatch decorator) {
        Catalog catalog = catalog();
        return Assembly.trained(
                spec(catalog).precision(Experiment.Precision.FP32), data(catalog), weights(), decorator);
    }

    Catalog catalog() {
        if (installed.isPresent()) {
            return installed.get();
        }
        return pluginFolder.isEmpty() && plugins.isEmpty()
                ? PluginLoader.own()
                : PluginLoader.load(pluginFolder.orElse(Path.of("plugins")), plugins);
    }

    /** Whether the catalog goes with the model. */
    boolean ownsCatalog() {
        return installed.isEmpty();
    }

    ModelSpec spec(Catalog catalog) {
        Supplier<ModelSpec> reading = () -> loader(catalog).loadModel(experiment);
        ModelSpec spec = run.map(each -> RunPlugins.reading(each, reading)).orElseGet(reading);
        return device.map(spec::on).orElse(spec);
    }

    DatasetInfo data(Catalog catalog) {
        return description().map(DataDescription::read).orElseGet(() -> infoOfTraining(catalog));
    }

    /** The size of the samples that the run was trained with, if it is known. */
    public Optional<DataDescription.Size> sizeOfSamples() {
        return description().flatMap(DataDescription::readSize);
    }

    /** What the run of the weights kept, beside the file or, of a checkpoint's own, two folders above. */
    private Optional<Path> description() {
        Path folder = weights.toAbsolutePath().normalize().getParent();
        return Stream.of(folder, folder.resolve("../.."))
                .map(each -> new RunFolder(each).data())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private DatasetInfo infoOfTraining(Catalog catalog) {
        Experiment all = loader(catalog).load(experiment, List.of()).experiment();
        try (Dataset dataset = all.data().train().create(DataSeed.ofTraining(all.seed()))) {
            return dataset.info();
        }
    }

    Path weights() {
        return weights;
    }

    private static ExperimentLoader loader(Catalog catalog) {
        return new ExperimentLoader(catalog, System.getenv());
    }
}
