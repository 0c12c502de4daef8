package io.iedp.engine.run;

import io.iedp.api.UserException;
import io.iedp.config.NamedWeights;
import io.iedp.config.plugin.Catalog;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What users call a trained run: its folder, {@code SCHEME://NAME}, or the bare name of a model that comes with IEDP. */
public final class RunNames {
    /** What could be the name of a model, and is the name of a folder where there is one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private static final String SHIPPED = "iedp://%s";

    private RunNames() {}

    /**
     * The folder; that of a model is unpacked first.
     *
     * @throws UserException if it is no run with a checkpoint
     */
    public static RunFolder open(String run, Catalog catalog) {
        return RunFolder.open(isName(run) ? shipped(run, catalog) : path(run, catalog));
    }

    /** Whether the run is one that was unpacked, which nothing should be written into. */
    public static boolean isUnpacked(String run) {
        return isName(run) || run.contains("://");
    }

    private static boolean isName(String run) {
        return NAME.matcher(run).matches() && !Files.exists(Path.of(run));
    }

    private static Path shipped(String run, Catalog catalog) {
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
