package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code iedp verify}, on what PyTorch wrote. */
class VerifyTest {
    private static final Path FILES = Path.of("../iedp-nn/src/test/resources/io/iedp/nn/files");
    private static final String WEIGHTS = "tiny.ckpt";
    private static final String EXPECTED = "expected.safetensors";

    @TempDir
    private Path work;

    private Path recorded(String name) throws IOException {
        Path folder = Files.createDirectory(work.resolve(name));
        Files.writeString(folder.resolve("meta.json"), "{\"kind\": \"pickle\"}");
        for (String file : new String[] {WEIGHTS, EXPECTED}) {
            Files.copy(FILES.resolve(file), folder.resolve(file));
        }
        return folder;
    }

    /** The last byte of the last array: the highest of a number. */
    private static void spoil(Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(EXPECTED));
        bytes[bytes.length - 1] ^= 0x20;
        Files.write(folder.resolve(EXPECTED), bytes);
    }

    private static Result verify(Path... folders) {
        String[] arguments = new String[folders.length + 1];
        arguments[0] = "verify";
        for (int i = 0; i < folders.length; i++) {
            arguments[i + 1] = folders[i].toString();
        }
        return Result.of(arguments);
    }

    @Test
    void aCaseWithinItsToleranceIsOk() throws IOException {
        Result result = verify(recorded("good"));

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().toList().get(0))
                .matches("case +kind +arrays +absolute +relative +allowed +worst array +result *");
        assertThat(result.out().lines().toList().get(2)).matches("good +pickle +\\d+ +0 +0 +0 .* ok *");
    }

    @Test
    void foldersOfCasesAreSearched() throws IOException {
        recorded("one");
        recorded("two");

        assertThat(verify(work).out()).containsPattern("one +pickle").containsPattern("two +pickle");
    }

    @Test
    void aCaseOverItsToleranceEndsWithOne() throws IOException {
        Path bad = recorded("bad");
        spoil(bad);

        Result result = verify(recorded("good"), bad);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern("good +pickle .* ok")
                .containsPattern("bad +pickle .* failed")
                .containsPattern("\\Q" + bad + "\\E: \\S+ is off by \\S+, relative \\S+; allowed is 0");
    }

    @Test
    void everyArrayIsShownOnDemand() throws IOException {
        Path good = recorded("good");

        long lines = verify(good).out().lines().count();

        assertThat(lines).isEqualTo(3);
        assertThat(Result.of("verify", "--arrays", good.toString()).out().lines())
                .hasSizeGreaterThan(10)
                .filteredOn(line -> line.endsWith("ok") || line.endsWith("ok "))
                .hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @CsvSource({
        "meta.json, '{\"kind\": ', is no JSON",
        "meta.json, '[]', must hold a JSON object",
        "meta.json, '{}', kind is missing",
        "expected.safetensors, '', cannot be used",
        "tiny.ckpt, 'junk', cannot be used"
    })
    void aCaseThatCannotBeReadEndsWithTwoAndTheOthersStillRun(String file, String content, String message)
            throws IOException {
        Path damaged = recorded("damaged");
        Files.writeString(damaged.resolve(file), content);

        Result result = verify(damaged, recorded("good"));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .containsPattern("damaged .* unreadable")
                .containsPattern("good +pickle .* ok")
                .containsPattern("\\Q" + damaged.resolve(file) + "\\E.*" + message)
                .doesNotContain("Exception");
    }

    @Test
    void aCaseWithoutWeightsEndsWithTwo() throws IOException {
        Path folder = recorded("bare");
        Files.delete(folder.resolve(WEIGHTS));

        Result result = verify(folder);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("There are no weights in [" + folder + "]");
    }

    /** Everything else goes on without the jar. */
    @Test
    void whoLeavesTheJarOutHasNoSuchCommand() throws IOException, InterruptedException {
        String classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(entry -> !entry.contains("iedp-verify"))
                .collect(Collectors.joining(File.pathSeparator));
        Path err = work.resolve("err");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "io.iedp.launcher.Main",
                        "verify",
                        work.toString())
                .redirectError(err.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err)
                .content()
                .contains("Unmatched arguments from index 0: 'verify'")
                .doesNotContain("Exception");
    }

    @Test
    void aCaseThatNothingIsInstalledForIsSkipped() throws IOException {
        Path other = recorded("other");
        Files.writeString(other.resolve("meta.json"), "{\"kind\": \"sonnet\"}");

        Result alone = verify(other);
        Result together = verify(other, recorded("good"));

        assertThat(alone.code()).isEqualTo(2);
        assertThat(together.code()).isZero();
        assertThat(together.out())
                .containsPattern("other +sonnet .* skipped")
                .contains(other + ": no verifier for the kind 'sonnet' is installed");
    }
}
