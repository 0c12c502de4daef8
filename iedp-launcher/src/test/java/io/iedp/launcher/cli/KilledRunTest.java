package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed at random moments, and others that go on in their place. {@code -Diedp.kills=50} kills more
 * often than a build does.
 */
class KilledRunTest {
    private static final int KILLS = Integer.getInteger("iedp.kills", 2);
    private static final int STEPS = 40;

    @TempDir
    private Path work;

    /** Data is exported first; a state is saved after every step, so many moments are those of a save. */
    private Process start(Path output, String... more) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "io.iedp.launcher.Main",
                "train",
                CommandsTest.micro(),
                "--resume",
                "output=" + output,
                "training.steps=" + STEPS,
                "training.average=0.9",
                "training.log-every=1",
                "evaluation.every=20",
                "checkpoint.every=1",
                "report={samples: 2}",
                ("data.export={to: %s, train: {type: rooms, count: 60, width: 32, height: 24}, "
                                + "val: {type: rooms, count: 20, width: 32, height: 24}}")
                        .formatted(output.resolve("data"))));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Path trained(Path output) {
        return output.resolve("micro");
    }

    /** What Ctrl-C sends, unless this process and so those that it starts ignore it, as shells have it for what runs behind. */
    private static final String INTERRUPT = ignoresInterrupts() ? "TERM" : "INT";

    private static boolean ignoresInterrupts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> Long.parseUnsignedLong(
                                            line.substring("SigIgn:".length()).strip(), 16)
                                    % 4
                            >= 2);
        } catch (IOException e) {
            return false;
        }
    }

    private static int codeOf(String signal) {
        return signal.equals("TERM") ? 143 : 130;
    }

    @Test
    void aKilledRunEndsAsOneThatWasLeftAlone() throws IOException, InterruptedException {
        Path whole = work.resolve("whole");
        assertThat(finish(start(whole))).isZero();
        Random random = new Random(Long.getLong("iedp.kills.seed", 1));
        int run = 1;
        int killed = 0;
        int halfSaved = 0;
        while (killed < KILLS) {
            Path output = work.resolve("killed " + run);
            Process process = start(output);
            if (random.nextInt(4) > 0) {
                awaitLine(process, "Training "); // else it may be killed in its start, or while it exports data
            }
            Thread drain = drain(process);
            if (process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS)) {
                drain.join();
                assertThat(process.exitValue()).isZero();
                ResumeTest.assertSame(trained(output), trained(whole));
                run++;
            } else {
                process.destroyForcibly().waitFor();
                drain.join();
                killed++;
                halfSaved += Files.exists(trained(output)) && parts(trained(output)) > 0 ? 1 : 0;
            }
        }
        assertThat(halfSaved).as("kills in the middle of a save").isBetween(0, KILLS);
        Path output = work.resolve("killed " + run);
        assertThat(finish(start(output))).isZero();
        ResumeTest.assertSame(trained(output), trained(whole));
        assertThat(parts(trained(output))).isZero();
        if (KILLS > 3) {
            Files.writeString(
                    Path.of("target/kills.txt"),
                    "%s kills in %s runs, %s of them in the middle of a save%n".formatted(killed, run, halfSaved));
        }
    }

    @Test
    void aRunThatIsAskedToEndSavesItsState() throws IOException, InterruptedException {
        Path output = work.resolve("asked");
        for (String signal : List.of("TERM", INTERRUPT)) {
            Process process = start(output);
            awaitLine(process, "images/s");
            List<String> lines = signalled(process, signal);

            assertThat(process.waitFor()).isEqualTo(codeOf(signal));
            Path run = trained(output);
            assertThat(lines)
                    .anyMatch(line -> line.contains("the state is saved"))
                    .anyMatch(line -> line.endsWith("train --resume=" + run));
            assertThat(parts(trained(output))).isZero();
        }
        assertThat(trained(output).resolve("result.json")).doesNotExist();
        assertThat(finish(start(output))).isZero();
        assertThat(trained(output).resolve("result.json")).exists();
    }

    /** Validation data whose evaluation takes seconds. */
    private static final String MUCH =
            "data.val={$replace: {type: rooms, count: 500, start: 1000, width: 32, height: 24}}";

    @Test
    void aRunThatIsAskedToEndInTheFirstEvaluationKeepsItsSteps() throws IOException, InterruptedException {
        String[] settings = {MUCH, "training.steps=6", "evaluation.every=4", "checkpoint.every=0"};
        Path output = work.resolve("evaluating");
        Process process = start(output, settings);
        awaitLine(process, "4/6");
        List<String> lines = signalled(process, "TERM");

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("Stopped, since the process was asked to end; the state is saved"))
                .noneMatch(line -> line.startsWith("step 4:"));
        assertThat(trained(output).resolve("checkpoints/step-4")).isDirectory();
        assertThat(trained(output).resolve("metrics.csv")).doesNotExist();

        assertThat(finish(start(output, settings))).isZero();
        Path whole = work.resolve("whole evaluating");
        assertThat(finish(start(whole, settings))).isZero();
        ResumeTest.assertSame(trained(output), trained(whole));
        assertThat(trained(output).resolve("checkpoints/step-6/state.json"))
                .hasSameTextualContentAs(trained(whole).resolve("checkpoints/step-6/state.json"));
    }

    @Test
    void aSecondSignalEndsTheProcessWithoutAReportOnceTheStateIsSaved() throws IOException, InterruptedException {
        Path output = work.resolve("twice");
        Process process = start(output, MUCH, "training.steps=4", "evaluation.every=4", "checkpoint.every=0");
        awaitLine(process, "4/4");
        signal(process, INTERRUPT);
        awaitLine(process, "A second signal ends the process");
        signalled(process, INTERRUPT);

        assertThat(process.waitFor()).isEqualTo(codeOf(INTERRUPT));
        assertThat(trained(output).resolve("checkpoints/step-4")).isDirectory();
        assertThat(trained(output).resolve("result.json")).doesNotExist();
    }

    @Test
    void anExportThatIsAskedToEndDoesSoAndIsMadeAnewTheNextTime() throws IOException, InterruptedException {
        Path output = work.resolve("exporting");
        Path data = work.resolve("data");
        String export = ("data.export={to: %s, train: {type: rooms, count: 8000, width: 32, height: 24}, "
                        + "val: {type: rooms, count: 3, width: 32, height: 24}}")
                .formatted(data);
        Process process = start(output, export);
        awaitLine(process, "Writing data");
        List<String> lines = signalled(process, INTERRUPT);

        assertThat(process.waitFor()).isEqualTo(codeOf(INTERRUPT));
        assertThat(lines).contains("Stopped, since the process was asked to end");
        assertThat(data.resolve("export.txt")).doesNotExist();

        assertThat(finish(start(output, export.replace("8000", "6")))).isZero();
        assertThat(data.resolve("export.txt")).exists();
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** What it says from the signal to its end. */
    private static List<String> signalled(Process process, String signal) throws IOException, InterruptedException {
        signal(process, signal);
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        }
        return lines;
    }

    private static int finish(Process process) throws InterruptedException {
        Thread drain = drain(process);
        int code = process.waitFor();
        drain.join();
        return code;
    }

    private static void awaitLine(Process process, String part) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = process.getInputStream().read();
                next >= 0;
                next = process.getInputStream().read()) {
            line.append((char) next);
            if (next == '\n') {
                if (line.indexOf(part) >= 0) {
                    return;
                }
                line.setLength(0);
            }
        }
        throw new AssertionError("The process ended before it said '%s'".formatted(part));
    }

    /** Reads on, so that the process never waits for a reader. */
    private static Thread drain(Process process) {
        Thread thread = new Thread(() -> {
            try {
                process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It was killed.
            }
        });
        thread.start();
        return thread;
    }

    private static long parts(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }
}
