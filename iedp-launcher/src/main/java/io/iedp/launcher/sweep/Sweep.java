package io.iedp.launcher.sweep;

import io.iedp.api.UserException;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.Loaded;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.training.Checkpoints;
import io.iedp.engine.training.Limit;
import io.iedp.engine.training.StoppedException;
import io.iedp.launcher.run.Progress;
import io.iedp.launcher.run.RunOptions;
import io.iedp.launcher.run.RunResult;
import io.iedp.launcher.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One experiment with all combinations of some values, each a run of its own; those that are done are not run again,
 * and those that were stopped go on.
 */
public final class Sweep {
    private final Grid grid;
    private final List<Loaded> runs;
    private final String title;
    private final Path folder;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Sweep(Grid grid, List<Loaded> runs, String title, Path folder) {
        this.grid = grid;
        this.runs = runs;
        this.title = title;
        this.folder = folder;
        grid.combinations().forEach(each -> outcomes.add(Outcome.open(each)));
    }

    /**
     * Checks every combination; nothing is trained or written.
     *
     * @param variants lists of settings by name, an axis of its own; none if empty
     * @param settings {@code key.path=value,value...} each
     * @throws UserException with all that is wrong with any combination
     */
    public static Sweep prepare(
            ExperimentLoader loader, Path file, Map<String, List<String>> variants, List<String> settings) {
        Grid grid = Grid.of(variants, settings);
        List<Loaded> loaded = loader.loadAll(
                file, grid.combinations().stream().map(Combination::settings).toList());
        Experiment first = loaded.get(0).experiment();
        Path folder = first.output().resolve(first.name() + "-sweep");
        List<Loaded> runs = new ArrayList<>();
        for (int i = 0; i < loaded.size(); i++) {
            runs.add(loaded.get(i).at(folder, grid.combinations().get(i).folder()));
        }
        return new Sweep(grid, runs, first.name(), folder);
    }

    /** Where the runs and the tables are. */
    public Path folder() {
        return folder;
    }

    /**
     * Runs what is not done yet. The tables are written anew after each run.
     *
     * @return whether every combination has a result
     */
    public boolean execute(Progress progress) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be made: %s".formatted(folder, e.getMessage()), e);
        }
        for (int i = 0; i < runs.size(); i++) {
            Combination combination = grid.combinations().get(i);
            Optional<RunFolder> done = finished(runs.get(i));
            if (done.isPresent()) {
                progress.say("%s is done already".formatted(combination.folder()));
                outcomes.set(i, read(combination, done.get()));
            }
        }
        table().write(folder, title);
        for (int i = 0; i < runs.size(); i++) {
            if (outcomes.get(i).status().equals("open")) {
                progress.say("Run %s of %s: %s"
                        .formatted(i + 1, runs.size(), runs.get(i).experiment().name()));
                outcomes.set(i, train(grid.combinations().get(i), runs.get(i), progress));
                table().write(folder, title);
            }
        }
        progress.say(table().text());
        return outcomes.stream().noneMatch(Outcome::isFailed);
    }

    /** A result that cannot be read is a matter of its run alone. */
    private static Outcome read(Combination combination, RunFolder run) {
        try {
            return Outcome.done(combination, run.path(), RunResult.read(run));
        } catch (UserException e) {
            return Outcome.failed(combination, e.getMessage());
        }
    }

    private SweepTable table() {
        return new SweepTable(grid.axes(), outcomes);
    }

    /** Whatever stops one run, such as values that need too much memory, leaves the others to be tried. */
    private Outcome train(Combination combination, Loaded loaded, Progress progress) {
        try {
            Path run = new TrainingRun(
                            loaded, interrupted(loaded).map(Sweep::resumed).orElse(RunOptions.PLAIN), progress)
                    .execute();
            return Outcome.done(combination, run, RunResult.read(new RunFolder(run)));
        } catch (UserException e) {
            return Outcome.failed(combination, e.getMessage());
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            return Outcome.failed(combination, e.toString());
        }
    }

    private static RunOptions resumed(RunFolder run) {
        return new RunOptions(Limit.NONE, false, true, Optional.of(run.path()), Optional.empty());
    }

    private Optional<RunFolder> finished(Loaded loaded) {
        return runs(loaded).filter(run -> Files.isRegularFile(run.result())).findFirst();
    }

    /** The run that was stopped, and can go on. */
    private Optional<RunFolder> interrupted(Loaded loaded) {
        return runs(loaded)
                .filter(run -> Checkpoints.newest(run.path()).isPresent())
                .findFirst();
    }

    /** Those of this very experiment; runs of others that have the name are left as they are. */
    private Stream<RunFolder> runs(Loaded loaded) {
        String name = loaded.experiment().name();
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> RunFolder.numbered(folder, name, number))
                .takeWhile(run -> Files.exists(run.path()))
                .filter(run -> isOf(run, loaded));
    }

    private static boolean isOf(RunFolder run, Loaded loaded) {
        try {
            return Files.readString(run.experiment()).equals(loaded.resolvedYaml());
        } catch (IOException e) {
            return false;
        }
    }
}
