package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.NamedWeights;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** A trained run, as a command is told it. */
final class RunArgument {
    /** What could be the name of a model, and is the name of a folder where there is one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private static final String SHIPPED = "iedp://%s";

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The folder of the run, or the name of a model that comes with IEDP, as in rooms.")
    private String run;

    /**
     * The folder; that of a model is unpacked first.
     *
     * @throws UserException if it is no run with a checkpoint
     */
    RunFolder open(Catalog catalog) {
        return RunFolder.open(isName() ? shipped(catalog) : path(run, catalog));
    }

    /**
     * Where files that are made of the run go when nothing else is said: a folder in it, but not in one that was unpacked.
     *
     * @param name of the folder
     */
    Path inside(RunFolder folder, String name) {
        return isName() || run.contains("://") ? Path.of(name) : folder.path().resolve(name);
    }

    private boolean isName() {
        return NAME.matcher(run).matches() && !Files.exists(Path.of(run));
    }

    private Path shipped(Catalog catalog) {
        try {
            return path(SHIPPED.formatted(run), catalog);
        } catch (UserException e) {
            throw new UserException("%s is no run folder: there is none. %s".formatted(run, e.getMessage()), e);
        }
    }

    /** A model that has a name may have the run beside its weights. */
    private static Path runOf(Path model) {
        Path beside = model.resolve("run");
        return Files.isDirectory(beside) && Files.notExists(new RunFolder(model).experiment()) ? beside : model;
    }

    private static Path path(String text, Catalog catalog) {
        try {
            Path path = NamedWeights.parse(text, catalog).path();
            return text.contains("://") ? runOf(path) : path;
        } catch (InvalidPathException e) {
            throw new UserException("'%s' is no path: %s".formatted(text, e.getMessage()), e);
        }
    }
}
