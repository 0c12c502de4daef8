package io.iedp.engine.run;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of one run and the names in it. */
public record RunFolder(Path path) {
    /** Makes a new folder: {@code NAME}, or {@code NAME-2} and so on when that is taken. */
    public static RunFolder create(Path output, String name) {
        try {
            Files.createDirectories(output);
            for (int number = 1; ; number++) {
                RunFolder run = numbered(output, name, number);
                try {
                    Files.createDirectory(run.path);
                    return run;
                } catch (FileAlreadyExistsException e) {
                    // Taken: by an earlier run, or by one that started at the same moment.
                }
            }
        } catch (IOException e) {
            throw new UserException(
                    "The run folder %s cannot be made: %s".formatted(output.resolve(name), e.getMessage()), e);
        }
    }

    /** The newest of the runs of a name, if there is one. */
    public static Optional<RunFolder> newest(Path output, String name) {
        Optional<RunFolder> newest = Optional.empty();
        for (int number = 1; Files.isDirectory(numbered(output, name, number).path()); number++) {
            newest = Optional.of(numbered(output, name, number));
        }
        return newest;
    }

    /**
     * The folder of a run that may or may not have reached a checkpoint.
     *
     * @throws UserException if it is none
     */
    public static RunFolder started(Path path) {
        RunFolder run = new RunFolder(path);
        if (!Files.isRegularFile(run.experiment())) {
            throw new UserException("%s is no run folder: there is no %s in it."
                    .formatted(path, run.experiment().getFileName()));
        }
        return run;
    }

    /** The folder that the run of some name has, counted from 1. */
    public static RunFolder numbered(Path output, String name, int number) {
        return new RunFolder(output.resolve(number == 1 ? name : name + "-" + number));
    }

    /**
     * The folder of an earlier run.
     *
     * @throws UserException if it is none, or its training did not reach a checkpoint
     */
    public static RunFolder open(Path path) {
        RunFolder run = started(path);
        if (!Files.isRegularFile(run.checkpoint())) {
            throw new UserException(
                    "The run %s has no checkpoint: its training did not reach its first one.".formatted(path));
        }
        return run;
    }

    public Path experiment() {
        return path.resolve("experiment.yaml");
    }

    public Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    /** The model whose metrics were the best; it is there once there was an evaluation. */
    public Path best() {
        return path.resolve("best.safetensors");
    }

    /**
     * The model as training left it, or when it was the best.
     *
     * @throws UserException if there was no evaluation that could tell the best
     */
    public Path weights(boolean best) {
        if (best && !Files.isRegularFile(best())) {
            throw new UserException(
                    "The run %s has no best weights: its metric was never measured, or never a number, or the run was published without them."
                            .formatted(path));
        }
        return best ? best() : checkpoint();
    }

    /** What the run ran on, and from what. */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /** Is there when the run reached its end. */
    public Path result() {
        return path.resolve("result.json");
    }

    public Path data() {
        return path.resolve("data.json");
    }

    /** Tells DJL what opens the folder. */
    public Path serving() {
        return path.resolve("serving.properties");
    }

    public Path log() {
        return path.resolve("run.log");
    }

    /** What an objective learned, in the form in which others read it. */
    public Path published() {
        return path.resolve("weights");
    }
}
