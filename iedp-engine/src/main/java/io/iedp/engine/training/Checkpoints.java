package io.iedp.engine.training;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.iedp.api.UserException;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.SavedCheckpoint;
import io.iedp.api.nn.WeightSource;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.Folders;
import io.iedp.io.file.TextFiles;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: folders {@code checkpoints/step-N} with {@code weights.safetensors},
 * {@code optimizer.safetensors}, {@code average.safetensors} where an average is kept, the resolved
 * {@code experiment.yaml}, and the rest in {@code state.json}. A folder gets its name when all in it is on disk. Beside
 * them, {@code checkpoint.safetensors} is the model of the newest one, and {@code best.safetensors} that of the best.
 */
public final class Checkpoints {
    private static final int FORMAT = 1;
    private static final Pattern NAME = Pattern.compile("step-(\\d{1,9})");
    private static final String PART = ".part";
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    private final Path run;
    private final Path folder;
    private final int keep;
    private final String configuration;
    private final Map<String, String> versions;

    /**
     * @param run the folder of the run
     * @param keep how many of the newest stay
     * @param configuration the resolved experiment file
     * @param versions of the program and the engine, and what else must not change between checkpoint and resumption
     *     without a word, by name
     */
    public Checkpoints(Path run, int keep, String configuration, Map<String, String> versions) {
        this.run = run;
        this.folder = run.resolve("checkpoints");
        this.keep = keep;
        this.configuration = configuration;
        this.versions = Map.copyOf(versions);
    }

    record State(
            int format,
            Map<String, String> versions,
            TrainingState.Counters counters,
            Map<String, Map<String, String>> hooks) {}

    /** The number of steps of the newest checkpoint, if there is one. */
    public static Optional<Integer> newest(Path run) {
        List<Integer> steps = steps(run.resolve("checkpoints"));
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
    }

    /**
     * The experiment file of the newest checkpoint, if there is one.
     *
     * @throws UserException if it cannot be read
     */
    public static Optional<String> configuration(Path run) {
        return newest(run)
                .map(step -> TextFiles.read(
                        run.resolve("checkpoints").resolve("step-" + step).resolve("experiment.yaml")));
    }

    /** Removes what a process that was killed left half done. */
    public void clean() {
        try (Stream<Path> files = Files.walk(run)) {
            List<Path> parts = files.filter(
                            each -> each.getFileName().toString().endsWith(PART) && !each.equals(run))
                    .toList();
            for (Path each : parts) {
                Folders.delete(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("%s cannot be cleaned up: %s".formatted(run, e.getMessage()), e);
        }
    }

    /**
     * Writes one, and removes those that are too many. What was there stays whole whatever happens.
     *
     * @param hooks whose state is kept too, by a name that a resumed run finds them by
     * @throws UserException if it cannot be written
     */
    SavedCheckpoint save(TrainingState state, Map<String, Hook> hooks) {
        Path place = place(state.step());
        Path part = part(place);
        if (!Files.isDirectory(run)) {
            throw new UserException(
                    "The checkpoint %s cannot be written: the folder of the run is gone".formatted(place));
        }
        try {
            Files.createDirectories(folder);
            Files.createDirectory(part);
            write(part, state, hooks);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            synchronize(folder);
            link(state);
            prune();
            return new SavedCheckpoint(state.step(), place, state.isBest());
        } catch (IOException e) {
            deleteQuietly(part);
            throw new UserException("The checkpoint %s cannot be written: %s".formatted(place, reason(e)), e);
        }
    }

    /**
     * Brings a state, and the hooks', to the newest checkpoint.
     *
     * @return what has changed since that does not hinder, in words
     * @throws UserException if the checkpoint is of another model or of a later program, or it is damaged
     */
    List<String> restore(TrainingState state, Map<String, Hook> hooks) {
        int step = newest(run).orElseThrow();
        Path newest = place(step);
        State stored = read(newest.resolve("state.json"), step);
        Path averages = newest.resolve("average.safetensors");
        try (SafeTensors model = SafeTensors.open(newest.resolve("weights.safetensors"));
                SafeTensors moments = SafeTensors.open(newest.resolve("optimizer.safetensors"))) {
            if (Files.exists(averages)) {
                try (SafeTensors averaged = SafeTensors.open(averages)) {
                    state.restore(model, moments, Optional.of((WeightSource) averaged), stored.counters);
                }
            } else {
                state.restore(model, moments, Optional.empty(), stored.counters);
            }
        }
        hooks.forEach((name, hook) -> restore(name, hook, stored.hooks.get(name), newest.resolve("state.json")));
        finish(state);
        List<String> changes = new ArrayList<>();
        new TreeMap<>(versions).forEach((name, now) -> {
            String then = stored.versions.get(name);
            if (!now.equals(then)) {
                changes.add("%s: %s -> %s".formatted(name, then, now));
            }
        });
        return changes;
    }

    /**
     * Brings the newest checkpoint, which is of the present step, up to an evaluation that was made after it was saved.
     *
     * @throws UserException if it cannot be written
     */
    void complete(TrainingState state, Map<String, Hook> hooks) {
        Path place = place(state.step());
        try {
            writeState(place, state, hooks);
            link(state);
        } catch (IOException e) {
            throw new UserException("The checkpoint %s cannot be written: %s".formatted(place, reason(e)), e);
        }
    }

    /** Does what a process that was killed after it had written the newest checkpoint had yet to do. */
    private void finish(TrainingState state) {
        try {
            link(state);
            prune();
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(run, reason(e)), e);
        }
    }

    private static void restore(String name, Hook hook, Map<String, String> state, Path file) {
        if (state == null) {
            return;
        }
        try {
            hook.restore(state);
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UserException(
                    "%s is damaged: hook '%s' cannot go on from %s: %s".formatted(file, name, state, e.getMessage()),
                    e);
        }
    }

    private void write(Path part, TrainingState state, Map<String, Hook> hooks) throws IOException {
        Map<String, String> metadata = Map.of("format", "iedp", "step", Integer.toString(state.step()));
        write(part.resolve("weights.safetensors"), state.model(), metadata);
        write(part.resolve("optimizer.safetensors"), state.moments(), metadata);
        if (state.averagedModel().isPresent()) {
            write(part.resolve("average.safetensors"), state.averagedModel().get(), metadata);
        }
        AtomicFiles.write(part.resolve("experiment.yaml"), configuration);
        writeState(part, state, hooks);
        synchronize(part);
    }

    private void writeState(Path place, TrainingState state, Map<String, Hook> hooks) throws IOException {
        Map<String, Map<String, String>> kept = new LinkedHashMap<>();
        hooks.forEach((name, hook) -> {
            if (!hook.state().isEmpty()) {
                kept.put(name, hook.state());
            }
        });
        AtomicFiles.write(
                place.resolve("state.json"),
                GSON.toJson(new State(FORMAT, new TreeMap<>(versions), state.counters(), kept)) + "\n");
    }

    private static void write(Path file, Map<String, NDArray> arrays, Map<String, String> metadata) throws IOException {
        SafeTensorsWriter.write(file, arrays, metadata);
    }

    static State read(Path file, int step) {
        try {
            State state = GSON.fromJson(TextFiles.read(file), State.class);
            if (state == null || state.format != FORMAT) {
                throw new UserException("%s is of format %s, but this version of the program reads format %s only"
                        .formatted(file, state == null ? "none" : String.valueOf(state.format), FORMAT));
            }
            if (state.counters == null || state.versions == null || state.hooks == null) {
                throw new JsonParseException("parts of it are missing");
            }
            state.counters.problem(step).ifPresent(problem -> {
                throw new JsonParseException(problem);
            });
            return state;
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) { // whatever Gson makes of what a record refuses
            throw new UserException("%s is damaged: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The names of the newest model and the best one, if that is the newest. */
    private void link(TrainingState state) throws IOException {
        Path place = place(state.step());
        Path model = place.resolve(state.average().isPresent() ? "average.safetensors" : "weights.safetensors");
        link(model, run.resolve("checkpoint.safetensors"));
        if (state.isBest()) {
            link(model, run.resolve("best.safetensors"));
        }
        synchronize(run);
    }

    private Path place(int step) {
        return folder.resolve("step-" + step);
    }

    /** Where something is made that is going to have the name, so that nobody can have made it before. */
    private static Path part(Path place) {
        return place.resolveSibling(AtomicFiles.partName());
    }

    /** A second name for the file, or a copy where the file system has no such thing. */
    private static void link(Path file, Path place) throws IOException {
        Path part = part(place);
        try {
            Files.createLink(part, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, part);
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(part); // it stays where both are names of one file already
    }

    private void prune() throws IOException {
        List<Integer> steps = steps(folder);
        for (int step : steps.subList(0, Math.max(0, steps.size() - keep))) {
            Path each = place(step);
            Path old = part(each);
            Files.move(each, old, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(old);
        }
    }

    private static List<Integer> steps(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return list(folder).stream()
                    .map(each -> NAME.matcher(each.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // What is left has a name that nothing reads; the next start tries again.
        }
    }

    /** Makes the names in a folder last, where the system can. */
    private static void synchronize(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems do not open folders; what is in them is safe from a kill nevertheless.
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
