package io.iedp.checkpoints.command;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.data.DatasetInfo;
import io.iedp.checkpoints.PublishedCheckpoint;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.Loaded;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.BuildData;
import io.iedp.engine.model.Checkpoint;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.ServingProperties;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.Folders;
import io.iedp.io.text.ShellWord;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.nn.files.StoredSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a run of a checkpoint. */
final class Import implements Command {
    private final ImportConfig config;
    private final CommandContext context;

    Import(ImportConfig config, CommandContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public int run() {
        refuseTaken();
        try (PublishedCheckpoint checkpoint =
                PublishedCheckpoint.open(config.file(), config.as(), config.heads(), config.groups())) {
            Loaded loaded = load(checkpoint);
            DatasetInfo data = data(loaded);
            checkClasses(checkpoint, data);
            try (Assembly model = Assembly.of(loaded.experiment(), data)) {
                StoredSource renamed = checkpoint.renamed();
                Map<String, NDArray> arrays = Checkpoint.arrays(model.weights());
                Checkpoint.checkAll(renamed, arrays);
                Checkpoint.read(renamed, arrays, model.kernels());
                Checkpoint.requireFinite(renamed, arrays, model.kernels());
                write(loaded, data, arrays);
                context.say("%s: %s arrays".formatted(config.to(), arrays.size()));
            }
        }
        String run = ShellWord.quote(config.to().toString());
        context.say("Measure it with 'iedp eval %s', try it with 'iedp predict %s PHOTO'".formatted(run, run));
        return 0;
    }

    private void refuseTaken() {
        try {
            if (!Folders.isFree(config.to())) {
                throw new UserException("%s is not empty; nothing was written".formatted(config.to()));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Loaded load(PublishedCheckpoint checkpoint) {
        List<String> settings = new ArrayList<>(checkpoint.settings());
        settings.addAll(config.set());
        return loader().load(recipe(), settings);
    }

    private ExperimentLoader loader() {
        return new ExperimentLoader(context.host(Catalog.class), System.getenv());
    }

    private Path recipe() {
        return config.recipe()
                .or(() -> loader().library()
                        .map(library -> library.resolve(config.as().recipe())))
                .orElseThrow(() -> new UserException(
                        "%s, which names the folder of the experiment files that come with IEDP, is not set; --recipe can name a file instead, such as %s"
                                .formatted(ExperimentLoader.LIBRARY, config.as().recipe())));
    }

    /** What a model must know of its data, which need not be there. */
    private DatasetInfo data(Loaded loaded) {
        return BuildData.known(loaded.experiment())
                .orElseThrow(() -> new UserException(
                        "data.train of %s cannot be opened, and its type says nothing of its classes without it"
                                .formatted(recipe())));
    }

    private void checkClasses(PublishedCheckpoint checkpoint, DatasetInfo data) {
        checkpoint.classes().filter(classes -> classes != data.classes().size()).ifPresent(classes -> {
            throw new UserException(
                    "%s tells %s classes apart, but the data of %s have %s; --recipe must name an experiment file with the data that it was trained on"
                            .formatted(
                                    config.file(),
                                    classes,
                                    recipe(),
                                    data.classes().size()));
        });
    }

    /** The experiment comes last: it is what makes a folder a run. */
    private void write(Loaded loaded, DatasetInfo data, Map<String, NDArray> arrays) {
        RunFolder run = new RunFolder(config.to());
        try {
            Files.createDirectories(run.path());
            SafeTensorsWriter.write(
                    run.checkpoint(),
                    arrays,
                    Map.of("imported-from", config.file().getFileName().toString()));
            AtomicFiles.write(
                    run.data(), DataDescription.write(data, config.as().samples()));
            AtomicFiles.write(run.serving(), ServingProperties.TEXT);
            AtomicFiles.write(run.experiment(), loaded.resolvedYaml());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UserException unwritable(IOException cause) {
        return new UserException("%s cannot be written: %s".formatted(config.to(), cause.getMessage()), cause);
    }
}
