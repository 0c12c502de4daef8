package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.iedp.api.UserException;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What good files mean, and what becomes of files that are none. */
class ExperimentFilesTest {
    private static final String GOOD = """
            name: good
            backbone: {type: unet}
            guidance: {image: image}
            head: {type: linear, channels: 32}
            task: segment
            data:
              train: {type: pictures, root: train}
              val: {type: pictures, root: val}
            training: {steps: 10, batch: 2, learning-rate: 1e-3}
            """;

    @TempDir
    private Path folder;

    private Path good;

    @BeforeEach
    void writeGood() throws IOException {
        good = write("good.yaml", GOOD);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Loaded load(Path file, String... settings) {
        return new ExperimentLoader(
                        Parts.catalog(),
                        Map.of("RUN", "7", "EMPTY", "", "SITE", "https://ada:s3cret@host", "TOKEN", "s3cret"))
                .load(file, List.of(settings));
    }

    private static Experiment read(Path file, String... settings) {
        return load(file, settings).experiment();
    }

    private static <C> C configuration(Class<C> type, Component component) {
        return type.cast(component.configuration());
    }

    @Test
    void defaultsFillWhatTheFileLeavesOut() {
        Experiment experiment = read(good);

        assertThat(experiment.seed()).isZero();
        assertThat(experiment.output()).isEqualTo(Path.of("runs"));
        assertThat(experiment.training().learningRate()).isEqualTo(0.001);
        assertThat(experiment.training().schedule().configuration()).isEqualTo(new Parts.Poly(1));
        assertThat(experiment.training().optimizer().configuration()).isEqualTo(new Parts.Adam(List.of(0.9, 0.999)));
        assertThat(experiment.data().augment()).isEmpty();
        assertThat(experiment.model().guidance().get("image").configuration()).isEqualTo(new Parts.Image(77));
        assertThat(configuration(Parts.Unet.class, experiment.model().backbone())
                        .channels())
                .containsExactly(8, 16);
    }

    @Test
    void aComponentsTypeAloneStandsForOneWithoutKeysAndCanBeLaidOver() throws IOException {
        Path file = write("word.yaml", "extends: good.yaml\ntraining: {schedule: poly, optimizer: sgd}\n");

        assertThat(read(file).training().schedule().configuration()).isEqualTo(new Parts.Poly(1));
        assertThat(read(file).training().optimizer().configuration()).isEqualTo(new Parts.Sgd(0.9));
        assertThat(read(file, "training.schedule.power=2").training().schedule().configuration())
                .isEqualTo(new Parts.Poly(2));
        assertThat(read(file, "training.schedule=cosine").training().schedule().configuration())
                .isEqualTo(new Parts.Cosine());
    }

    @Test
    void mapsMergeOverSeveralLevelsAndListsReplace() throws IOException {
        write("base/middle.yaml", """
                extends: ../good.yaml
                backbone: {channels: [32], sizes: {heads: 2}}
                data: {augment: [flip]}
                """);
        Path top = write("top/top.yaml", """
                extends: ../base/middle.yaml
                backbone: {sizes: {width: 6}}
                data: {augment: [{type: crop, width: 5, height: 4}]}
                """);

        Experiment experiment = read(top);

        Parts.Unet backbone = configuration(Parts.Unet.class, experiment.model().backbone());
        assertThat(backbone.channels()).containsExactly(32);
        assertThat(backbone.sizes()).isEqualTo(new Parts.Sizes(6, 2));
        assertThat(experiment.data().augment())
                .extracting(Component::configuration)
                .containsExactly(new Parts.Crop(5, 4));
    }

    @Test
    void whatIsNotBesideAFileIsLookedForAmongIedpsOwn() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own/base"));
        Files.copy(good, own.resolve("part.yaml"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path top = Files.writeString(elsewhere.resolve("top.yaml"), "extends: base/part.yaml\nseed: 7\n");
        ExperimentLoader loader = new ExperimentLoader(
                Parts.catalog(), Map.of("IEDP_CONFIGS", folder.resolve("own").toString()));

        assertThat(loader.load(top, List.of()).experiment().seed()).isEqualTo(7);
        assertThatThrownBy(() -> read(top))
                .hasMessageContaining(
                        "there is no file '%s' to extend; IEDP_CONFIGS, which names",
                        elsewhere.resolve("base/part.yaml"));
        Files.createDirectories(elsewhere.resolve("base"));
        Files.copy(write("mine.yaml", "extends: good.yaml\nname: mine\n"), elsewhere.resolve("base/part.yaml"));
        Files.copy(good, elsewhere.resolve("base/good.yaml"));
        assertThat(loader.load(top, List.of()).experiment().name()).isEqualTo("mine");
        Files.writeString(top, "extends: base/none.yaml\n");
        assertThatThrownBy(() -> loader.load(top, List.of()))
                .hasMessageContaining(", nor one of that name in " + folder.resolve("own"));
    }

    @Test
    void ofSeveralBasesTheLaterWins() throws IOException {
        write("one.yaml", "training: {steps: 1, batch: 1}\nseed: 1\n");
        write("two.yaml", "training: {steps: 2}\n");
        Path top = write("top.yaml", "extends: [good.yaml, one.yaml, two.yaml]\n");

        Experiment experiment = read(top);

        assertThat(experiment.training().steps()).isEqualTo(2);
        assertThat(experiment.training().batch()).isEqualTo(1);
        assertThat(experiment.seed()).isEqualTo(1);
    }

    @Test
    void appendAddsToAnInheritedListAndReplaceDropsAnInheritedMap() throws IOException {
        write("middle.yaml", "extends: good.yaml\ndata: {augment: [flip]}\nhead: {channels: 5}\n");
        Path top = write("top.yaml", """
                extends: middle.yaml
                data: {augment: {$append: [{type: crop, width: 5, height: 4}]}}
                head: {$replace: {type: linear}}
                """);

        Experiment experiment = read(top);

        assertThat(experiment.data().augment()).extracting(Component::type).containsExactly("flip", "crop");
        assertThat(experiment.model().head().configuration()).isEqualTo(new Parts.Linear(16));
    }

    /** As the messages about keys that must be maps or lists say: {} and [] are none. */
    @Test
    void emptyMapsAndListsDropWhatIsInherited() throws IOException {
        write("middle.yaml", "extends: good.yaml\ndata: {augment: [flip]}\nreport: {references: {frozen: [seed=2]}}\n");
        assertThat(read(write("same.yaml", "extends: middle.yaml\n")).report().references())
                .containsOnlyKeys("frozen");
        Path top = write("top.yaml", "extends: middle.yaml\ndata: {augment: []}\nreport: {references: {}}\n");

        assertThat(read(top).report().references()).isEmpty();
        assertThat(read(top).data().augment()).isEmpty();
        assertThat(read(folder.resolve("middle.yaml"), "report.references={}")
                        .report()
                        .references())
                .isEmpty();
        assertThat(read(folder.resolve("middle.yaml"), "report.references={other: [seed=3]}")
                        .report()
                        .references())
                .containsOnlyKeys("frozen", "other");
    }

    @Test
    void anotherTypeDropsTheKeysOfTheFirst() throws IOException {
        Path top = write("top.yaml", "extends: good.yaml\nhead: {type: mlp}\n");

        assertThat(read(top).model().head().configuration()).isEqualTo(new Parts.Mlp(2));
        assertThat(read(good, "head.type=mlp").model().head().configuration()).isEqualTo(new Parts.Mlp(2));
        assertThat(read(good, "head.layers=3", "head.type=mlp").model().head().configuration())
                .isEqualTo(new Parts.Mlp(3));
    }

    @Test
    void aComponentMayBeItsTypeAlone() throws IOException {
        Path top = write("top.yaml", "extends: good.yaml\ntask: {borders: false}\n");

        assertThat(read(top).model().task().configuration()).isEqualTo(new Parts.Segment(false, List.of()));
        assertThat(read(good, "task.borders=false").model().task().configuration())
                .isEqualTo(new Parts.Segment(false, List.of()));
        assertThat(read(good, "head=linear").model().head().configuration()).isEqualTo(new Parts.Linear(16));
    }

    @Test
    void referencesTakeTheValueThatIsThereAtTheEnd() throws IOException {
        Path top = write("top.yaml", """
                extends: good.yaml
                name: ${head.type}-${training.steps}
                seed: ${training.steps}
                output: $${plain}/${env:RUN}
                data:
                  val: ${data.train}
                evaluation: {every: "${env:MISSING:-5}"}
                """);

        Experiment experiment = read(top, "training.steps=30", "data.train.root=/photos");

        assertThat(experiment.name()).isEqualTo("linear-30");
        assertThat(experiment.seed()).isEqualTo(30);
        assertThat(experiment.output()).isEqualTo(Path.of("${plain}/7"));
        assertThat(experiment.data().val()).isEqualTo(experiment.data().train());
        assertThat(experiment.evaluation().every()).isEqualTo(5);
    }

    @Test
    void anElementOfAListCanBeReferredToAndSet() throws IOException {
        Path top = write("top.yaml", """
                extends: good.yaml
                backbone: {channels: [8, 16, 24]}
                head: {channels: "${backbone.channels.1}"}
                """);

        assertThat(read(top, "backbone.channels.1=17").model().head().configuration())
                .isEqualTo(new Parts.Linear(17));
    }

    @Test
    void settingsMergeLikeFiles() {
        Experiment experiment =
                read(good, "training={steps: 3}", "data.augment=[flip]", "data.augment={$append: [flip]}");

        assertThat(experiment.training().steps()).isEqualTo(3);
        assertThat(experiment.training().batch()).isEqualTo(2);
        assertThat(experiment.data().augment()).hasSize(2);
    }

    @Test
    void whatQuotesCannotReachIsTextWhereTextIsWanted() throws IOException {
        Path top = write("top.yaml", "extends: good.yaml\nname: ${env:RUN}\n");

        assertThat(read(top).name()).isEqualTo("7");
        assertThat(read(good, "name=2024").name()).isEqualTo("2024");
        assertThat(configuration(
                                Parts.Pictures.class,
                                read(good, "data.train.names=[a, 1, true]")
                                        .data()
                                        .train())
                        .names())
                .containsExactly("a", "1", "true");
    }

    @Test
    void textWithAnEqualsSignIsOneValue() {
        assertThat(configuration(
                                Parts.Pictures.class,
                                read(good, "data.train.split=a=b").data().train())
                        .split())
                .isEqualTo("a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/my set #1",
                "a: b",
                "- a",
                "!important",
                "&a",
                "*",
                "| x",
                "@x",
                "100 %",
                "it's",
                "a \\\"b\\\"",
                " x ",
                "C:\\\\x"
            })
    void aSettingIsNeverShortened(String text) {
        assertThat(split("data.train.split=" + text)).isEqualTo(text);
    }

    private String split(String setting) {
        return configuration(Parts.Pictures.class, read(good, setting).data().train())
                .split();
    }

    @Test
    void quotesAndBracketsOfASettingAreThoseOfYaml() {
        assertThat(split("data.train.split=\"a\\tb\"")).isEqualTo("a\tb");
        assertThat(split("data.train.split= 'it''s #1' ")).isEqualTo("it's #1");
        assertThat(read(good, "training= {steps: 3}").training().steps()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.train.split='a' #1", "data.train.split=\"a\" b", "data.train.names=[a] # b"})
    void whatStandsBehindAValueIsRefused(String setting) {
        assertThatThrownBy(() -> read(good, setting)).isInstanceOf(ConfigException.class);
    }

    @Test
    void aTagMakesTextOfANumber() throws IOException {
        assertThat(read(write("tagged.yaml", GOOD.replace("name: good", "name: !!str 5")))
                        .name())
                .isEqualTo("5");
    }

    @Test
    void aTildeIsTheHomeFolder() {
        assertThat(read(good, "output=~/runs").output()).isEqualTo(Path.of(System.getProperty("user.home"), "runs"));
        assertThat(read(good, "output=./~/runs").output()).isEqualTo(Path.of("./~/runs"));
        assertThatThrownBy(() -> read(good, "output=~ada/runs")).hasMessageContaining("Write the folder in full");
    }

    @Test
    void aResolvedFileHoldsNoSecret() throws IOException {
        Path top = write("top.yaml", """
                extends: good.yaml
                data:
                  train: {root: "${env:SITE}/a$${b}", split: "${data.train.root}?token=${env:TOKEN}", names: ["x://a:s3cret@h"]}
                """);
        Loaded loaded = load(top);

        assertThat(loaded.resolvedYaml())
                .doesNotContain("s3cret")
                .contains("root: \"${env:SITE}/a$${b}\"")
                .contains("split: \"${env:SITE}/a$${b}?token=***\"", "x://***@h");
        assertThat(loaded.origins()).noneMatch(origin -> origin.value().contains("s3cret"));
        assertThat(configuration(
                                Parts.Pictures.class, loaded.experiment().data().train())
                        .split())
                .isEqualTo("https://ada:s3cret@host/a${b}?token=s3cret");
        Loaded again = load(write("resolved.yaml", loaded.resolvedYaml()));
        assertThat(again.experiment().data().train().configuration().toString()).contains("ada:s3cret@host/a${b}");
    }

    @Test
    void aProblemShowsNoSecret() {
        assertThatThrownBy(() -> read(good, "training.steps=https://ada:s3cret@host/?api_key=s3cret"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("https://***@host/?api_key=***")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void theResolvedFileIsTheSameExperiment() throws IOException {
        Path top = write("top.yaml", """
                extends: good.yaml
                name: "a: b # c ünï ☃ 𝄞"
                data:
                  train: {split: "no", names: ["012", "1e3", "yes", "null", "~", "", "$${x}", "two\\nlines", " x "]}
                training: {clip-norm: 1e9, weight-decay: 1e-10}
                report: {references: {"$${odd}": [seed=1], "<<": []}}
                """);
        Loaded loaded = load(top, "head={type: mlp}");

        Loaded again = load(write("resolved.yaml", loaded.resolvedYaml()));

        assertThat(again.experiment()).isEqualTo(loaded.experiment());
        assertThat(again.resolvedYaml()).isEqualTo(loaded.resolvedYaml());
        assertThat(configuration(
                                Parts.Pictures.class, loaded.experiment().data().train())
                        .names())
                .containsExactly("012", "1e3", "yes", "null", "~", "", "${x}", "two\nlines", " x ");
    }

    @Test
    void everyValueSaysWhereItCameFrom() throws IOException {
        Path top = write("top.yaml", "extends: good.yaml\nname: top\noutput: ${env:RUN}\nseed: ${training.steps}\n");

        List<Origin> origins = load(top, "training.batch=5").origins();

        assertThat(origins)
                .contains(
                        new Origin("name", "top", folder.resolve("top.yaml") + ":2"),
                        new Origin("output", "7", "environment RUN"),
                        new Origin("seed", "10", folder.resolve("top.yaml") + ":4"),
                        new Origin("head.channels", "32", folder.resolve("good.yaml") + ":4"),
                        new Origin("training.batch", "5", "command line"),
                        new Origin("training.schedule.type", "poly", "default"),
                        new Origin("data.augment", "[]", "default"));
    }

    @Test
    void referenceRunsAreTheSameExperimentWithTheirChanges() throws IOException {
        Path top = write("top.yaml", """
                extends: good.yaml
                evaluation: {every: 5}
                report: {references: {frozen: [backbone.train=none, training.steps=3]}}
                """);

        Experiment reference = load(top, "seed=9").references().get("frozen");

        assertThat(configuration(Parts.Unet.class, reference.model().backbone()).train())
                .isEqualTo(Parts.Train.NONE);
        assertThat(reference.training().steps()).isEqualTo(3);
        assertThat(reference.seed()).isEqualTo(9);
        assertThat(reference.evaluation().every()).isZero();
    }

    @Test
    void byteOrderMarksAndWindowsLinesAreRead() throws IOException {
        Path windows = write("windows.yaml", "\uFEFF" + GOOD.replace("\n", "\r\n"));

        assertThat(read(windows)).isEqualTo(read(good));
    }

    @Test
    void linesOfWindowsFilesAreShownWithoutTheirEnds() throws IOException {
        Path windows = write("windows.yaml", "\uFEFFextends: good.yaml\r\nsede: 1\r\n");

        assertThatThrownBy(() -> read(windows)).hasMessage("""
                1 problem in %1$s:
                  1. [IEDP-CFG-012] %1$s:2:1  sede
                     unknown key 'sede'; did you mean 'seed'?
                        2 | sede: 1
                          | ^""".formatted(windows));
    }

    @Test
    void charactersThatAreNotAllowedAreNamed() throws IOException {
        Path file = write("nul.yaml", "name: x\noutput: r\u0000ns\n");

        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("[IEDP-CFG-002] %s:2:10%n".formatted(file))
                .hasMessageContaining("the character U+0000 is not allowed");
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), "name: café".getBytes(StandardCharsets.ISO_8859_1));
        Path wide = Files.write(folder.resolve("wide.yaml"), "name: x".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> read(latin))
                .hasMessageContaining("[IEDP-CFG-001]")
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> read(wide))
                .hasMessageContaining("[IEDP-CFG-001]")
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void foldersAndMissingFilesAreRefused() {
        assertThatThrownBy(() -> read(folder))
                .hasMessageContaining("[IEDP-CFG-001]")
                .hasMessageContaining("this is a folder, not a file");
        assertThatThrownBy(() -> read(folder.resolve("none.yaml")))
                .hasMessageContaining("[IEDP-CFG-001]")
                .hasMessageContaining("there is no such file");
    }

    @Test
    void unreadableFilesAreRefused() throws IOException {
        Assumptions.assumeTrue(good.toFile().setReadable(false) && !Files.isReadable(good), "this user may read all");

        assertThatThrownBy(() -> read(good))
                .hasMessageContaining("[IEDP-CFG-001]")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void hugeFilesAreRefused() throws IOException {
        Path huge = write("huge.yaml", "# " + "x".repeat(1 << 20));

        assertThatThrownBy(() -> read(huge))
                .hasMessageContaining("[IEDP-CFG-006]")
                .hasMessageContaining("1 MB");
    }

    @Test
    void longChainsEndInAMessage() throws IOException {
        StringBuilder references = new StringBuilder("extends: good.yaml\n");
        for (int i = 0; i < 2000; i++) {
            references.append("k%s: ${k%s}%n".formatted(i, i + 1));
            write("chain/%s.yaml".formatted(i), "extends: %s.yaml%n".formatted(i + 1));
        }
        Path chain = write("chain.yaml", references.toString());

        assertThatThrownBy(() -> read(chain))
                .hasMessageContaining("[IEDP-CFG-006]")
                .hasMessageContaining("more than 50");
        assertThatThrownBy(() -> read(folder.resolve("chain/0.yaml")))
                .hasMessageContaining("[IEDP-CFG-006]")
                .hasMessageContaining("more than 100 files");
    }

    @Test
    void aPathThatIsNoneIsRefused() throws IOException {
        Path file = write("path.yaml", "extends: [good.yaml, \"a\\0b\"]\n");

        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("[IEDP-CFG-007]")
                .hasMessageContaining("no path");
        assertThatThrownBy(() -> read(good, "output=\"a\\0b\""))
                .hasMessageContaining("[IEDP-CFG-014]")
                .hasMessageContaining("is no path");
    }

    /** Messages show lines of the files that they are about. */
    @Test
    void nothingIsShownOfAFileThatIsNoExperimentFile() throws IOException {
        write("environ", "HOME=/root\0TOKEN=secret\0");
        write("linked.yaml", "HOME=/root\0TOKEN=secret\0");
        write("netrc", "machine: a\npassword: secret\n");
        for (String name : List.of("environ", "netrc", "linked.yaml")) {
            Path file = write("other.yaml", "extends: " + name + "\n" + GOOD);
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(ConfigException.class)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "HOME"));
        }
    }

    @Test
    void aTextHasNoNul() {
        assertThatThrownBy(() -> read(good, "name=\"a\\0b\""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must not have the character U+0000 in it");
    }

    @Test
    void asManyDevicesAsNoMachineHasAreRefused() {
        assertThat(read(good, "device=cpu, gpu:1,cpu").device()).isEqualTo("cpu, gpu:1,cpu");
        assertThatThrownBy(() -> read(good, "device=" + "cpu,".repeat(20_000) + "cpu"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("device names 20001 devices, but at most 64 can train together");
    }

    @Test
    void aValueOfManyLettersIsNotShownWhole() {
        assertThatThrownBy(() -> read(good, "name=" + "x".repeat(200_000)))
                .isInstanceOf(ConfigException.class)
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(5000).contains("be at most 100 letters long"));
    }

    /** Each line is nested in the one before through an alias; the keys that are lists are not counted as values. */
    @Test
    void aliasesCannotNestDeeperThanTheFile() throws IOException {
        StringBuilder text = new StringBuilder("? &a0 [x]\n: 0\n");
        for (int i = 1; i < 2000; i++) {
            text.append("? &a%s [[[[[[[[[[*a%s]]]]]]]]]]\n: 0\n".formatted(i, i - 1));
        }
        Path file = write("deep.yaml", text + "name: *a1999\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::message)
                                .contains("maps and lists are nested more than 50 deep"));
    }

    /** A thousand copies of a list with fifty thousand elements. */
    @Test
    void referencesCannotMultiplyWithoutBound() throws IOException {
        StringBuilder text = new StringBuilder("list: [" + "x, ".repeat(50_000) + "x]\n");
        for (int i = 0; i < 1000; i++) {
            text.append("k%s: \"${list}\"\n".formatted(i));
        }
        Path file = write("wide.yaml", text + GOOD);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("with its references written out");
    }

    @Test
    void aSettingOfManyPartsIsRefused() {
        assertThatThrownBy(() -> read(good, "a.".repeat(50_000) + "b=1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("this key has 50001 parts");
    }

    private static final String OBJECTIVE = """
            name: pre
            objective: {type: denoise, noise: 0.25}
            data: {train: {type: pictures, root: train}, val: {type: pictures, root: val}}
            training: {steps: 1, batch: 1, learning-rate: 1}
            """;

    private static List<Problem> problems(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> read(file)).problems();
    }

    @Test
    void anObjectiveStandsForAllThatPredicts() throws IOException {
        Experiment experiment = read(write("pre.yaml", OBJECTIVE));

        assertThat(experiment.objective().orElseThrow().configuration()).isEqualTo(new Parts.Denoise(0.25));
        assertThatThrownBy(experiment::model)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("pre learns an objective, so it has no model that predicts");
        Path resolved =
                write("resolved.yaml", load(write("pre.yaml", OBJECTIVE)).resolvedYaml());
        assertThat(read(resolved)).isEqualTo(experiment);
        assertThatThrownBy(() -> new ExperimentLoader(Parts.catalog(), Map.of()).loadModel(resolved))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(resolved + " learns an objective");
    }

    @Test
    void whatPredictsHasNoPlaceBesideAnObjective() throws IOException {
        assertThat(problems(write("both.yaml", OBJECTIVE + "head: linear\n")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo(Rule.CONSTRAINT);
                    assertThat(problem.path()).isEqualTo("head");
                    assertThat(problem.line()).isEqualTo(5);
                });
        assertThat(read(write("unset.yaml", OBJECTIVE + "head: null\n")).head()).isEmpty();
    }

    @Test
    void aFileWithoutAnObjectiveNeedsAllThatPredicts() throws IOException {
        String rest = OBJECTIVE.replaceAll("objective: .*\n", "");
        List<String> all = List.of("backbone", "guidance", "head", "task");
        for (String file : List.of(rest, rest + "objective: null\n")) {
            assertThat(problems(write("none.yaml", file)))
                    .allMatch(problem -> problem.rule() == Rule.MISSING_KEY)
                    .extracting(Problem::path)
                    .isEqualTo(all);
        }
        assertThat(problems(write("typo.yaml", rest + "objectiv: denoise\n")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("did you mean 'objective'?"));
    }

    /** Components that the settings of others choose are as those of the experiment itself. */
    @Test
    void aComponentMayChooseOthers() throws IOException {
        Path file = write(
                "chosen.yaml", "extends: good.yaml\ntask: {loss: [cross-entropy, {type: lovasz, per-image: true}]}\n");
        Loaded loaded = load(file, "task.loss.0={type: cross-entropy, weight: 2}");

        List<Component> losses = configuration(
                        Parts.Segment.class, loaded.experiment().model().task())
                .loss()
                .stream()
                .map(Component.class::cast)
                .toList();

        assertThat(losses).extracting(Component::type).containsExactly("cross-entropy", "lovasz");
        assertThat(losses)
                .extracting(Component::configuration)
                .containsExactly(new Parts.Entropy(2), new Parts.Lovasz(true));
        Path resolved = write("resolved.yaml", loaded.resolvedYaml());
        assertThat(read(resolved)).isEqualTo(loaded.experiment());
    }
}
