package io.iedp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.UserException;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookFactory;
import io.iedp.api.hook.SavedCheckpoint;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.MetricReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every hook.
 *
 * @param <C> its configuration record
 */
public abstract class HookContract<C extends Record> extends ComponentContract<C> {
    private static final int STEPS = 8;
    private static final int EVERY = 2;
    private static final double[] SCORES = {0.5, 0.4, 0.45, 0.3};

    @TempDir
    private Path folder;

    @Override
    protected abstract HookFactory<C> factory();

    /**
     * What the hook left, besides what it said and asked for: by default, the files in the run's folder, with their
     * contents. A hook whose files tell the time gives what is in them without, and one that writes elsewhere, such as to
     * a server, gives that.
     */
    protected Object left(Path run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(run)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(run.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /** Waits until the hook has done what it does beside training; by default, nothing is. */
    protected void settle(Hook hook) {}

    /** Everything that can be seen of a hook, by name. */
    private Map<String, Object> seen(HookRun run, Map<String, String> state) throws IOException {
        return Map.of(
                "state", state, "stops", run.stops(), "said", relative(run.said(), run), "left", left(run.folder()));
    }

    private static List<String> relative(List<String> lines, HookRun run) {
        return lines.stream()
                .map(line -> line.replace(run.folder().toString(), "RUN"))
                .toList();
    }

    private HookRun run(String name) throws IOException {
        return new HookRun(Files.createDirectories(folder.resolve(name)));
    }

    /** The calls of a training from one step to another, or until the hook ends it. */
    private static void train(Hook hook, HookRun run, int from, int to) throws IOException {
        hook.started(from);
        for (int step = from + 1; step <= to && run.stops().isEmpty(); step++) {
            hook.beforeStep(step);
            hook.afterStep(HookRun.step(step, STEPS));
            if (step % EVERY == 0 || !run.stops().isEmpty()) {
                hook.evaluated(HookRun.evaluation(step, SCORES[(step - 1) / EVERY], HookRun.example()));
                hook.saved(new SavedCheckpoint(step, Files.createDirectories(folder(run, step)), step == EVERY));
            }
        }
    }

    private static Path folder(HookRun run, int step) {
        return run.folder().resolve("checkpoints/step-" + step);
    }

    private Map<String, Object> whole(HookRun run) throws IOException {
        Map<String, String> state;
        try (Hook hook = factory().create(configuration(), run)) {
            train(hook, run, 0, STEPS);
            hook.ended(STEPS);
            settle(hook);
            state = hook.state();
        }
        return seen(run, state);
    }

    @Test
    void theSameCallsLeaveTheSame() throws IOException {
        assertThat(whole(run("one"))).isEqualTo(whole(run("other")));
    }

    @Test
    void makingAHookLeavesNothingYet() throws IOException {
        HookRun run = run("one");

        factory().create(configuration(), run).close();

        assertThat(run.folder()).isEmptyDirectory();
        assertThat(run.stops()).isEmpty();
    }

    /** What a hook asks for may not depend on whether the run was interrupted in between. */
    @Test
    void itsStateIsAllThatItGoesOnFrom() throws IOException {
        HookRun whole = run("whole");
        Map<String, Object> expected = whole(whole);
        for (int step = EVERY; step < STEPS; step += EVERY) {
            HookRun before = run("interrupted-" + step);
            Map<String, String> kept;
            try (Hook hook = factory().create(configuration(), before)) {
                train(hook, before, 0, step);
                settle(hook);
                kept = hook.state();
            }
            assertThat(kept).doesNotContainKey(null).doesNotContainValue(null);
            if (!before.stops().isEmpty()) {
                assertThat(before.stops()).isEqualTo(whole.stops());
                break;
            }

            HookRun after = new HookRun(before.folder());
            try (Hook hook = factory().create(configuration(), after)) {
                if (!kept.isEmpty()) {
                    hook.restore(kept);
                    assertThat(hook.state()).isEqualTo(kept);
                }
                train(hook, after, step, STEPS);
                hook.ended(STEPS);
                settle(hook);
                assertThat(hook.state()).isEqualTo(expected.get("state"));
            }
            assertThat(after.stops()).isEqualTo(whole.stops());
        }
    }

    /** A step that was skipped has a loss that is no number, and an evaluation may lack the metric that counts. */
    @Test
    void whatIsNoNumberDoesNoHarm() throws IOException {
        HookRun run = run("one");
        try (Hook hook = factory().create(configuration(), run)) {
            hook.started(0);
            hook.beforeStep(1);
            hook.afterStep(new StepReport(1, 1, Double.NaN, Map.of(), 0, Double.NaN, 0, 0, 1, 0));
            hook.evaluated(HookRun.evaluation(1, Double.NaN));
            hook.evaluated(new Evaluation(
                    1,
                    new MetricReport(Map.of(), List.of()),
                    Optional.of(new MetricReport(Map.of("score", Double.POSITIVE_INFINITY), List.of())),
                    List.of(),
                    List.of()));
            hook.ended(1);
        }
    }

    /** Either the run goes on, or the user is told why it can't. */
    @Test
    void aFolderThatCannotBeWrittenIsSaidInWords() throws IOException {
        HookRun run =
                new HookRun(Files.writeString(folder.resolve("a-file"), "").resolve("run"));
        try (Hook hook = factory().create(configuration(), run)) {
            hook.started(0);
            for (int step = 1; step <= STEPS; step++) {
                hook.beforeStep(step);
                hook.afterStep(HookRun.step(step, STEPS));
                hook.evaluated(HookRun.evaluation(step, 0.5, HookRun.example()));
            }
            hook.ended(STEPS);
        } catch (UserException e) {
            assertWellFormed(e);
        }
    }

    /** A run may fail before its first step or in the middle. */
    @Test
    void itClosesWhatItOpens() throws IOException {
        Set<Thread> before = threads();
        HookRun run = run("one");
        factory().create(configuration(), run).close();
        try (Hook hook = factory().create(configuration(), run)) {
            train(hook, run, 0, EVERY);
        }

        assertThat(openFiles(run.folder().toRealPath()))
                .as("files that are open")
                .isEmpty();
        Set<Thread> left = threads();
        left.removeAll(before);
        assertThat(left).as("threads that keep the program from ending").isEmpty();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    /** As Linux lists them; nothing elsewhere. */
    private static Set<Path> openFiles(Path below) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Set<Path> open = new LinkedHashSet<>();
        if (Files.isDirectory(descriptors)) {
            try (Stream<Path> links = Files.list(descriptors)) {
                for (Path link : links.toList()) {
                    target(link).filter(file -> file.startsWith(below)).ifPresent(open::add);
                }
            }
        }
        return open;
    }

    private static Optional<Path> target(Path link) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // closed in the meantime, such as that of the list itself
        }
    }
}
