package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.plugin.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands that train nothing. */
class CommandsTest {
    @TempDir
    private Path work;

    static String micro() {
        return "../iedp-engine/src/test/resources/io/iedp/engine/micro.yaml";
    }

    static List<Named<CommandLine>> commands() {
        return below(Iedp.commandLine())
                .map(line -> Named.of(line.getCommandSpec().qualifiedName(), line))
                .toList();
    }

    private static Stream<CommandLine> below(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(CommandsTest::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(CommandLine command) {
        List<String> arguments = Stream.concat(
                        Arrays.stream(command.getCommandSpec()
                                        .qualifiedName(" ")
                                        .split(" "))
                                .skip(1),
                        Stream.of("--help"))
                .toList();

        Result result = Result.of(arguments.toArray(String[]::new));

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Usage: iedp");
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().args())
                .filteredOn(argument -> !argument.hidden())
                .isNotEmpty()
                .allSatisfy(argument -> assertThat(argument.description()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "'', Which command?",
        "trian, Did you mean: iedp train",
        "train, Missing required parameter: 'FILE'",
        "config, There is: config show FILE",
        "data, 'There is: data check FILE, data show FILE, data bench FILE, data export TYPE DIR'",
        "train x.yaml --limit-batches=few, 'few' is not an int",
        "eval, Missing required parameter: 'RUN'",
        "predict run, Missing required parameter: 'IMAGE'",
        "describe, Missing required parameter: 'KIND'",
        "verify, Missing required parameter: 'DIR'",
        "verify nowhere, There is no folder nowhere",
        "verify pom.xml, pom.xml is no folder",
        "verify src/main/java, There is no recorded case in src/main/java",
        "validate none.yaml, there is no such file",
        "validate x.yaml --plugins=nowhere, --plugins: there is no folder nowhere",
        "train none.yaml, there is no such file",
        "eval nowhere, nowhere is no run folder",
        "predict nowhere a.png, nowhere is no run folder",
        "describe haed, did you mean 'head'?",
        "describe head, there are depth-decoder, linear, referring-decoder, semantic-fpn, upernet.",
        "describe head semantic-fpm, did you mean 'semantic-fpn'?",
        "describe experiment semantic-fpm, 'experiment' has no types",
        "data export roms out, did you mean 'rooms'?",
        "data export rooms out count=5, must begin with train. or val.",
        "data export rooms out train.cuont=5, did you mean 'count'?",
        "data export folder out, the key 'root' is missing",
        "embed-classes, the key 'weights' is missing; it must be a path or SCHEME://NAME.",
        "embed-classes weights=w to=t.safetensors, exactly one of names",
        "embed-classes weights=w to=t.safetensors names=wall, must be a list of texts",
        "embed-classes weights=w to=t.safetensors names=[wall] lenght=30, did you mean 'length'?",
        "embed-classes weights=w to=t.safetensors names=[wall] length=2, must be 3 to 4096",
        "embed-classes weights=w to=t.safetensors list=nyu, must be nyu-scenes",
        "embed-classes weights=w to=t.safetensors names, a setting must be key.path=value",
        "embed-classes weights=none to=t.safetensors names=[wall], There is no none",
        "embed-classes --device=gpu:99 weights=none to=t names=[wall], device: gpu:99 is not there",
        "embed-classes --device=gpu:x weights=none to=t names=[wall], device must be auto",
        "generate, Missing required parameter: 'WEIGHTS'",
        "generate nowhere, the key 'prompt' is missing; it must be text.",
        "generate nowhere --prompt=cat, There is no nowhere. It must be a whole Stable Diffusion",
        "generate src --prompt=cat, src has no unet/ of a model in it.",
        "generate src --prompt=cat --steps=0, must be 1 to 1000",
        "generate src --prompt=cat --count=0, must be 1 to 100000",
        "generate src --prompt=cat --size=big, 'size must be width and height in pixels, as in 768x512, not'",
        "generate src --prompt=cat --sampler=ddpm, there is no sampler 'ddpm'; there are ddim",
        "generate src --prompt=cat --prediction=noise, 'must be epsilon, v-prediction or sample'",
        "embed-clases, Did you mean: iedp embed-classes",
        "new-plugin my-head, Missing required option: '--kind=KIND'",
        "new-plugin my-head --kind=hed, expected one of [TASK",
        "new-plugin my_head --kind=head, must be VENDOR/NAME or NAME",
        "new-plugin a/b/c --kind=head, must be VENDOR/NAME or NAME",
        "new-plugin my-head --kind=head --to=src, src is there already and not empty; nothing was written",
        "plugins check nowhere.jar, There is no nowhere.jar",
        "plugins --plugin-path=nowhere.jar, --plugin-path: there is no nowhere.jar"
    })
    void userErrorsEndWithTwo(String line, String message) {
        Result result = Result.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void validFilesAreSaidToBe() {
        Result result = Result.of("validate", micro(), "training.steps=5");

        assertThat(result).isEqualTo(new Result(0, "%s is valid.%n".formatted(micro()), ""));
    }

    @ParameterizedTest
    @CsvSource({"quickstart.yaml", "camvid-small.yaml"})
    void theFilesThatComeWithTheProjectAreValid(String name) {
        assertThat(Result.of("validate", Path.of("../configs", name).toString()).err())
                .isEmpty();
    }

    @Test
    void problemsAreReportedTogether() {
        Result result = Result.of("validate", micro(), "training.stepz=5", "head.channels=0");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("2 problems in " + micro())
                .contains("[IEDP-CFG-012] command line  training.stepz", "[IEDP-CFG-016] command line  head.channels");
    }

    @Test
    void everythingInstalledIsListedWithItsJar() throws IOException {
        PluginJars.write(work.resolve("plugins"), "LinearProbe", PluginJars.source("LinearProbe"));

        Result result =
                Result.of("plugins", "--plugins", work.resolve("plugins").toString());

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("head +acme/linear-probe +LinearProbe.jar +One linear layer on the finest features\\.")
                .containsPattern("backbone +stable-diffusion ")
                .containsPattern("transform +random-flip ");
    }

    @Test
    void aDescriptionHasTypeDefaultRangeAndMeaning() {
        assertThat(Result.of("describe", "head", "semantic-fpn").out())
                .startsWith("head semantic-fpn: Feature pyramid, ")
                .containsPattern("channels +a whole number +\\d+ +1 to ");
        assertThat(Result.of("describe", "transform", "random-crop").out())
                .containsPattern("width +a whole number +\\(required\\) +1 to 65536 +Width of the window, in pixels\\.")
                .containsPattern("max-share +a number +0.75 +0 to 1 +Largest share");
        assertThat(Result.of("describe", "experiment").out())
                .containsPattern(
                        "training.steps +a whole number +\\(required\\) +1 to 1000000000 +Number of optimizer");
    }

    @Test
    void aDescriptionCanBePartOfAPage() {
        assertThat(Result.of("describe", "head", "semantic-fpn", "--markdown").out())
                .startsWith("## head `semantic-fpn`")
                .contains("| `channels` | a whole number |");
    }

    @Test
    void theSchemaHasWhatIsInstalled() throws IOException {
        Path jar = PluginJars.write(work, "LinearProbe", PluginJars.source("LinearProbe"));

        Result result = Result.of("schema", "--plugin-path", jar.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n")
                .contains("acme/linear-probe", "Standard deviation of the first weights.");
        assertThat(Result.of("schema", "--parts").out()).doesNotContain("acme/linear-probe");
    }

    @Test
    void aPluginsProjectIsWrittenWithItsNames() {
        Path project = work.resolve("project");

        Result result = Result.of("new-plugin", "acme/far-away", "--kind", "task", "--to", project.toString());

        assertThat(result.code()).isZero();
        assertThat(project.resolve("src/main/java/acme/faraway/FarAwayFactory.java"))
                .content()
                .contains("package acme.faraway;", "return \"acme/far-away\";");
        assertThat(project.resolve("src/main/resources/META-INF/services/io.iedp.api.IedpPlugin"))
                .hasContent("acme.faraway.FarAwayPlugin");
        assertThat(project.resolve(".gitignore")).exists();
        assertThat(project.resolve("pom.xml")).content().doesNotContain("${");
    }

    @Test
    void aResolvedFileIsShownWithTheOriginOfEachValue() {
        Result result = Result.of("config", "show", micro(), "seed=7");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("seed +7 +command line")
                .containsPattern("training.steps +4 +\\S+micro.yaml:33")
                .containsPattern("training.schedule.type +poly +default");
    }

    @Test
    void theDoctorTriesTheNativeLibrary() {
        Result result = Result.of("doctor");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("java +17|java +\\d\\d")
                .containsPattern("engine +PyTorch 2\\.7\\.1")
                .containsPattern("native library +")
                .containsPattern("threads +\\d+ of \\d+ processors")
                .containsPattern("memory +\\d+ MiB")
                .contains("The native library computes as it should.");
    }

    @Test
    void completionIsAScriptThatTheShellTakes() throws IOException, InterruptedException {
        Result result = Result.of("generate-completion");
        Path script = Files.writeString(work.resolve("completion.sh"), result.out());

        Process shell =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        assertThat(result.out()).contains("validate", "generate-completion", "--limit-batches");
    }

    @Test
    void dataIsWrittenInTheLayoutOfAde20k() throws IOException {
        Path folder = work.resolve("rooms");
        String[] arguments = {
            "data",
            "export",
            "rooms",
            folder.toString(),
            "train.count=3",
            "val.count=2",
            "train.width=32",
            "train.height=24",
            "val.width=32",
            "val.height=24"
        };

        Result first = Result.of(arguments);
        Result again = Result.of(arguments);

        assertThat(first.code()).isZero();
        assertThat(again.out()).contains("is there already");
        for (String part : List.of("images", "annotations", "depth")) {
            assertThat(folder.resolve(part).resolve("training")).isDirectoryContaining("glob:**.*");
            try (Stream<Path> files = Files.list(folder.resolve(part).resolve("training"))) {
                assertThat(files).hasSize(3);
            }
            try (Stream<Path> files = Files.list(folder.resolve(part).resolve("validation"))) {
                assertThat(files).hasSize(2);
            }
        }
        assertThat(Files.readAllLines(folder.resolve("captions.csv"))).hasSize(6);
        assertThat(Files.readAllLines(folder.resolve("classes.txt"))).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void dataIsNotWrittenOverOtherFiles() throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(work.resolve("mine")).resolve("thesis.txt"), "precious");

        Result result =
                Result.of("data", "export", "rooms", file.getParent().toString(), "train.count=1", "val.count=1");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("is not empty");
        assertThat(file).hasContent("precious");
    }
}
