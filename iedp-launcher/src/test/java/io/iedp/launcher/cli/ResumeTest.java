package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.nn.files.SafeTensors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go on where others stopped. */
class ResumeTest {
    @TempDir
    private static Path shared;

    private static Path whole;

    @TempDir
    private Path work;

    @BeforeAll
    static void trainWithoutAStop() {
        Result result = train(shared);
        assertThat(result.code()).as(result.err()).isZero();
        whole = shared.resolve("micro");
    }

    /** Dropout, augmentation, an average of the weights and a schedule: all that could go on wrongly. */
    static Result train(Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                CommandsTest.micro(),
                "output=" + output,
                "training.average=0.9",
                "training.accumulate=2",
                "training.warmup=2",
                "training.steps=6",
                "report.baseline=false"));
        arguments.addAll(List.of(more));
        return Result.of(arguments.toArray(String[]::new));
    }

    /** What was trained and measured, without the columns that depend on the clock. */
    static void assertSame(Path run, Path expected) throws IOException {
        assertThat(run.resolve("checkpoint.safetensors"))
                .hasSameBinaryContentAs(expected.resolve("checkpoint.safetensors"));
        assertThat(run.resolve("best.safetensors")).hasSameBinaryContentAs(expected.resolve("best.safetensors"));
        Path last = checkpoints(expected).get(checkpoints(expected).size() - 1);
        for (String file : List.of("weights.safetensors", "optimizer.safetensors", "average.safetensors")) {
            assertThat(run.resolve("checkpoints").resolve(last.getFileName()).resolve(file))
                    .hasSameBinaryContentAs(last.resolve(file));
        }
        assertThat(rows(run.resolve("training.csv"))).isEqualTo(rows(expected.resolve("training.csv")));
        assertThat(run.resolve("metrics.csv")).hasSameTextualContentAs(expected.resolve("metrics.csv"));
    }

    private static String rows(Path training) throws IOException {
        return Files.readAllLines(training).stream()
                .map(line -> Arrays.stream(line.split(",")).limit(6).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
    }

    /** In the order of their steps, of which there are less than ten. */
    static List<Path> checkpoints(Path run) throws IOException {
        try (Stream<Path> folders = Files.list(run.resolve("checkpoints"))) {
            return folders.sorted().toList();
        }
    }

    @Test
    void aRunInTwoPartsIsTheRunInOne() throws IOException {
        Result first = train(work, "--limit-batches=3", "evaluation.every=2");
        Result second = train(work, "--resume");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out())
                .contains("run folder " + work.resolve("micro"), "Going on after step 3")
                .doesNotContain("Changed since");
        assertThat(work.resolve("micro-2")).doesNotExist();
        // The first part measured what it had at its end; the run in one did not.
        Path metrics = work.resolve("micro/metrics.csv");
        Files.write(
                metrics,
                Files.readAllLines(metrics).stream()
                        .filter(line -> !line.startsWith("3,"))
                        .toList());
        assertSame(work.resolve("micro"), whole);
    }

    /** Without momentum, there is no state at all; the one-cycle schedule moves the momentum of the others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: sgd, momentum: 0}",
                "{type: sgd, momentum: 0.9, nesterov: true}",
                "{type: lion, betas: [0.9, 0.98]}",
                "{type: adamw, betas: [0.9, 0.98], epsilon: 1e-6}"
            })
    void aRunWithAnotherOptimizerInTwoPartsIsTheRunInOne(String optimizer) throws IOException {
        String[] settings = {
            "training.optimizer=" + optimizer, "training.schedule={type: torch-one-cycle}", "evaluation.every=3"
        };
        Path alone = work.resolve("alone");
        Path parts = work.resolve("parts");
        Result expected = train(alone, settings);
        Result first = train(
                parts,
                Stream.concat(Stream.of(settings), Stream.of("--limit-batches=3"))
                        .toArray(String[]::new));
        Result second = train(
                parts, Stream.concat(Stream.of(settings), Stream.of("--resume")).toArray(String[]::new));

        assertThat(expected.code()).as(expected.err()).isZero();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("Going on after step 3").doesNotContain("Changed since");
        Path last = Path.of("micro/checkpoints/step-6");
        for (String file : List.of("weights.safetensors", "optimizer.safetensors", "average.safetensors")) {
            assertThat(parts.resolve(last).resolve(file))
                    .hasSameBinaryContentAs(alone.resolve(last).resolve(file));
        }
        assertThat(rows(parts.resolve("micro/training.csv"))).isEqualTo(rows(alone.resolve("micro/training.csv")));
    }

    @Test
    void aStateIsOfItsOptimizer() {
        train(work, "--limit-batches=2");
        Result refused = train(work, "--resume", "training.optimizer=lion");
        Result slower = train(work, "--resume", "training.schedule={type: poly, power: 2}");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("cannot go on with this file", "  training.optimizer.type: adamw -> lion")
                .contains("--init-from=");
        assertThat(slower.code()).as(slower.err()).isZero();
        assertThat(slower.out()).contains("Changed since the checkpoint: training.schedule.power: 1.0 -> 2.0");
    }

    /** Versions with one optimizer had no key for it, and the schedule was a word. */
    @Test
    void aCheckpointOfAnEarlierVersionGoesOn() throws IOException {
        train(work, "--limit-batches=3", "evaluation.every=2");
        Path file = work.resolve("micro/checkpoints/step-3/experiment.yaml");
        String text = Files.readString(file);
        String earlier = text.replaceAll("(?m)^  optimizer:\n(    .*\n)+", "")
                .replaceAll("(?m)^  schedule:\n(    .*\n)+", "  schedule: poly\n");
        assertThat(earlier).doesNotContain("adamw").contains("\n  schedule: poly\n");
        Files.writeString(file, earlier);
        Result other = train(work, "--resume", "training.optimizer={type: adamw, betas: [0.9, 0.98]}");
        Result last = train(work, "--resume");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("1 of its keys", "training.optimizer.betas: (absent) -> [0.9, 0.98]");
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(last.out()).contains("Going on after step 3").doesNotContain("Changed since");
        assertThat(work.resolve("micro/checkpoints/step-6/weights.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("checkpoints/step-6/weights.safetensors"));
        assertThat(work.resolve("micro/checkpoints/step-6/optimizer.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("checkpoints/step-6/optimizer.safetensors"));
    }

    @Test
    void theLastTwoCheckpointsStayAndTheBest() throws IOException {
        assertThat(checkpoints(whole))
                .extracting(each -> each.getFileName().toString())
                .containsExactly("step-4", "step-6");
        try (SafeTensors best = SafeTensors.open(whole.resolve("best.safetensors"));
                SafeTensors averaged = SafeTensors.open(whole.resolve("checkpoints/step-6/average.safetensors"));
                SafeTensors weights = SafeTensors.open(whole.resolve("checkpoints/step-6/weights.safetensors"))) {
            List<String> lines = Files.readAllLines(whole.resolve("metrics.csv"));
            assertThat(lines.get(0)).isEqualTo("step,mIoU,mAcc,aAcc,current.mIoU,current.mAcc,current.aAcc");
            String expected = lines.stream()
                    .skip(1)
                    .max((one, other) -> Double.compare(
                            Double.parseDouble(one.split(",")[1]), Double.parseDouble(other.split(",")[1])))
                    .orElseThrow()
                    .split(",")[0];
            assertThat(best.metadata()).containsEntry("step", expected);
            String value = lines.stream()
                    .filter(line -> line.startsWith(expected + ","))
                    .findFirst()
                    .orElseThrow()
                    .split(",")[1];
            assertThat(Result.of("eval", whole.toString(), "--best").out())
                    .containsPattern("mIoU +" + String.format(Locale.ROOT, "%.4f", Double.parseDouble(value)));
            assertThat(averaged.names()).isEqualTo(weights.names()).isEqualTo(best.names());
        }
        assertThat(whole.resolve("checkpoint.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("checkpoints/step-6/average.safetensors"));
    }

    /** As a run whose metric was never a number leaves its folder. */
    @Test
    void withoutABestThereAreTheLastWeightsOnly() throws IOException {
        for (String file : List.of("experiment.yaml", "data.json", "checkpoint.safetensors")) {
            Files.copy(whole.resolve(file), work.resolve(file));
        }
        for (String command : List.of("eval", "predict")) {
            Result result = command.equals("eval")
                    ? Result.of(command, work.toString(), "--best")
                    : Result.of(command, work.toString(), "--best", "picture.png");

            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains(work + " has no best weights");
        }
    }

    @Test
    void aFinishedRunThatIsResumedStaysAsItIs() throws IOException {
        train(work);
        Result again = train(work, "--resume", work.resolve("micro").toString());

        assertThat(again.code()).as(again.err()).isZero();
        assertSame(work.resolve("micro"), whole);
        assertThat(work.resolve("micro/result.json")).exists();
    }

    @Test
    void changedKeysThatMayChangeAreSaid() {
        train(work, "--limit-batches=2");
        Result longer = train(work, "--resume", "training.steps=7", "training.log-every=1", "checkpoint.keep=1");

        assertThat(longer.code()).as(longer.err()).isZero();
        assertThat(longer.out().lines().filter(line -> line.startsWith("Changed since the checkpoint: ")))
                .containsExactly(
                        "Changed since the checkpoint: checkpoint.keep: 2 -> 1",
                        "Changed since the checkpoint: training.log-every: 20 -> 1",
                        "Changed since the checkpoint: training.steps: 6 -> 7");
        assertThat(work.resolve("micro/checkpoints")).isDirectoryContaining("glob:**/step-7");
    }

    @Test
    void changedKeysThatMustNotChangeAreRefused() throws IOException {
        train(work, "--limit-batches=2");
        String before = Files.readString(work.resolve("micro/experiment.yaml"));
        Result other = train(work, "--resume", "training.steps=7", "head.channels=24", "seed=3", "training.batch=3");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .contains("3 of its keys are not those of the checkpoint")
                .contains(String.join(
                        System.lineSeparator(),
                        "  head.channels: 16 -> 24",
                        "  seed: 0 -> 3",
                        "  training.batch: 2 -> 3"))
                .contains("--init-from=" + work.resolve("micro/checkpoint.safetensors"))
                .doesNotContain("training.steps");
        assertThat(work.resolve("micro/experiment.yaml")).hasContent(before);
    }

    @Test
    void aCheckpointOfAnotherModelIsRefusedByName() throws IOException {
        train(work, "--limit-batches=2");
        Path state = work.resolve("micro/checkpoints/step-2");
        Files.copy(
                whole.resolve("checkpoints/step-6/optimizer.safetensors"),
                state.resolve("weights.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Result other = train(work, "--resume");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .contains("belongs to another model")
                .contains("missing:    head.conv_seg.weight (16, 16, 1, 1)")
                .contains("unexpected: mean.head.conv_seg.weight (16, 16, 1, 1)");
    }

    @Test
    void aStateOfALaterProgramIsRefused() throws IOException {
        train(work, "--limit-batches=2");
        Path state = work.resolve("micro/checkpoints/step-2/state.json");
        Files.writeString(state, Files.readString(state).replace("\"format\": 1", "\"format\": 2"));
        Result refused = train(work, "--resume");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(state + " is of format 2, but this version of the program reads format 1");
    }

    @Test
    void aRunThatSomeoneTrainsIsLeftAlone() throws IOException {
        train(work, "--limit-batches=2");
        try (FileChannel channel = FileChannel.open(work.resolve("micro/run.lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Result refused = train(work, "--resume");

            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("is being trained by another process");
        }
    }

    /** Another process has made the folder and not yet written anything. */
    @Test
    void aRunThatSomeoneHasJustBegunIsLeftAlone() throws IOException {
        Path begun = Files.createDirectories(work.resolve("micro"));
        try (FileChannel channel = FileChannel.open(
                        begun.resolve("run.lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Result refused = train(work, "--resume");

            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("is being trained by another process");
            assertThat(begun.resolve("run.lock")).exists();
        }
    }

    @Test
    void withoutARunToResumeOneBegins() throws IOException {
        Result result = train(work, "--resume");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("There is no run of 'micro' in " + work);
        assertSame(work.resolve("micro"), whole);
    }

    @Test
    void aRunIsEnoughToGoOn() throws IOException {
        train(work, "--limit-batches=2");
        String run = work.resolve("micro").toString();

        Result whichOne = Result.of("train", "--resume");
        Result last = Result.of("train", "--resume=" + run);

        assertThat(whichOne.code()).isEqualTo(2);
        assertThat(whichOne.err())
                .contains("--resume needs the folder of the run, as in --resume=runs/NAME, or FILE for the newest");
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(last.out()).contains("Going on after step 2");
        assertSame(work.resolve("micro"), whole);
    }

    @Test
    void aRunFolderMayHaveAnEqualsSignAndBlanks() throws IOException {
        Path output = work.resolve("lr=1e-3 #1");
        train(output, "--limit-batches=2");
        String run = output.resolve("micro").toString();
        String file = output.resolve("micro/experiment.yaml").toString();

        Result attached = Result.of("train", file, "--resume=" + run, "--limit-batches=4");
        Result apart = Result.of("train", "training.log-every=1", "--resume", run);
        Result missing = Result.of("train", file, "--resume=a=b");

        assertThat(attached.code()).as(attached.err()).isZero();
        assertThat(attached.out()).contains("Going on after step 2");
        assertThat(apart.code()).as(apart.err()).isZero();
        assertThat(apart.out()).contains("Going on after step 4");
        assertSame(output.resolve("micro"), whole);
        assertThat(missing.err()).contains("a=b is no run folder");
    }

    @Test
    void aReportThatCannotBeWrittenLeavesTheResult() throws IOException {
        train(work, "--limit-batches=2");
        Path run = work.resolve("micro");
        Files.delete(run.resolve("samples.png"));
        Files.createDirectories(run.resolve("samples.png/in the way"));
        Result result = train(work, "--resume");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("The run is done, but its report is not whole: ");
        assertThat(run.resolve("result.json")).exists();
        assertThat(run.resolve("checkpoint.safetensors")).exists();
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        Result result = train(work, "--resume", work.resolve("nowhere").toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(work.resolve("nowhere") + " is no run folder");
    }

    @Test
    void initialWeightsAreTakenWhereTheyFit() throws IOException {
        Result result = train(
                work,
                "--init-from=" + whole.resolve("checkpoint.safetensors"),
                "training.learning-rate=0",
                "training.average=0",
                "head.channels=24");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("checkpoint.safetensors: \\d+ arrays taken, 19 of the model");
        assertThat(Files.readString(work.resolve("micro/run.log")))
                .contains("taken:      backbone.unet.conv_in.weight")
                .contains("misshapen:  head.conv_seg.weight is (16, 16, 1, 1), the model has (16, 24, 1, 1)");
        try (SafeTensors given = SafeTensors.open(whole.resolve("checkpoint.safetensors"));
                SafeTensors kept = SafeTensors.open(work.resolve("micro/checkpoint.safetensors"))) {
            assertThat(given.stored("backbone.unet.conv_in.weight").bytes())
                    .isEqualTo(kept.stored("backbone.unet.conv_in.weight").bytes());
        }
    }

    @Test
    void weightsOfSomethingElseAreRefused() {
        Result result = train(work, "--init-from=" + whole.resolve("checkpoints/step-6/optimizer.safetensors"));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("has no weights of this model", "unexpected: mean.head.conv_seg.weight");
    }
}
