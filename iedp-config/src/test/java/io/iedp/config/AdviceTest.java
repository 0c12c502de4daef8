package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages about experiment files advise: each is provoked, and gone when its advice has been followed. */
class AdviceTest {
    private static final String GOOD = """
            name: good
            backbone: {type: unet, channels: [8, 16]}
            guidance: {image: image}
            head: linear
            task: segment
            data:
              train: {type: pictures, root: photos/train}
              val: {type: pictures, root: photos/val}
            training: {steps: 10, batch: 2, learning-rate: 1e-3}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeGood() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), GOOD);
    }

    private static Loaded load(Path file, Map<String, String> environment, String... settings) {
        return new ExperimentLoader(Parts.catalog(), environment).load(file, List.of(settings));
    }

    /** The good file with lines that take the place of some of its own. */
    private Path with(String lines) throws IOException {
        return Files.writeString(
                folder.resolve("top.yaml"), "extends: good.yaml\n" + lines.replace("\\n", "\n") + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: 2024 | in quotes it would be text: \"2024\" | name: \"2024\"",
                "name: .hidden | not begin with a dot | name: hidden",
                "training: {steps: 1e3} | as a whole number it is written 1000 | training: {steps: 1000}",
                "hooks: | write [] for none | hooks: []",
                "more-tasks: | write {} for none | more-tasks: {}",
                "sede: 1 | did you mean 'seed'? | seed: 1",
                "seed: 1\\nsede: 2 | 'seed' is there already | seed: 1",
                "head: {type: lineal} | did you mean 'linear'? | head: {type: linear}",
                "training: {schedule: cosin} | did you mean 'cosine'? | training: {schedule: cosine}",
                "data: {augment: flip} | a list of transforms, of type crop or flip | data: {augment: [flip]}",
                "guidance: [image] | a map of names to guidance, of type image | guidance: {any: image}",
                "device: auto,cpu | cpu, gpu or gpu:N, or several of the last three with commas | device: gpu,gpu:1",
                "device: cuda | auto, gpus, cpu, gpu or gpu:N | device: gpus",
                "name: ${hed} | did you mean 'head'? | name: ${head}",
                "name: ${nmae} | the file does not set; there are backbone.channels, | name: ${head}",
                "name: a ${b | $${ stands for a plain ${ | name: a $${b",
                "output: ${env:OUT}/a | give a default: ${env:OUT:-default} | output: ${env:OUT:-default}/a",
                "data: {val: {root: ${name}}} | needs quotes: \"${...}\" | data: {val: {root: \"${name}\"}}",
                "output: !local runs | quotes make text of anything | output: \"runs\"",
                "data: {val: {<<: {split: a}}} | write the keys out | data: {val: {split: a}}",
                "data: {val: {<<: {root: a}}} | such as ${data.train.root} | data: {val: {root: \"${data.train.root}\"}}"
            })
    void ofAFile(String wrong, String advice, String right) throws IOException {
        assertThatThrownBy(() -> load(with(wrong), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(advice);
        assertThatCode(() -> load(with(right), Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "training.stepz=5 | did you mean 'steps'? | training.steps=5",
                "training | key.path=value, as in training.steps=100 | training.steps=100",
                "hooks= | write [] for none | hooks=[]",
                "more-tasks= | write {} for none | more-tasks={}",
                "data.train.names=wall | must be a list of texts | data.train.names=[wall]",
                "data.augment.0.share=1 | set the list as a whole: data.augment=[...] | data.augment=[{type: flip, share: 1}]",
                "backbone.channels.2=3 | must be a number from 0 to 1 | backbone.channels.1=3",
                "name=[a] b | in a shell: '\"[a] b\"' | name=\"[a] b\"",
                "name=\"a\" b | in a shell: '\"\\\"a\\\" b\"' | name=\"\\\"a\\\" b\"",
            })
    void ofASetting(String wrong, String advice, String right) {
        Path good = folder.resolve("good.yaml");

        assertThatThrownBy(() -> load(good, Map.of(), wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(advice);
        assertThatCode(() -> load(good, Map.of(), right)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: seed=1 | must be a list of key.path=value settings, [] for the experiment as it is | a: [seed=1]\\nb: []",
                "a:\\n- head={type: mlp} | in quotes when it has braces | a:\\n- \"head={type: mlp}\"",
                "a: [data.train.names=b, c] | in quotes when it has braces, brackets or commas | a: [\"data.train.names=[b, c]\"]"
            })
    void ofVariants(String wrong, String advice, String right) throws IOException {
        Path file = folder.resolve("variants.yaml");
        Files.writeString(file, wrong.replace("\\n", "\n"));
        assertThatThrownBy(() -> Variants.read(file)).hasMessageContaining(advice);

        Files.writeString(file, right.replace("\\n", "\n"));

        Variants.read(file)
                .values()
                .forEach(settings -> load(folder.resolve("good.yaml"), Map.of(), settings.toArray(String[]::new)));
    }

    @Test
    void whatIsNotSetCanBeSet() throws IOException {
        assertThatThrownBy(() -> load(with("name: ${env:WHO}"), Map.of()))
                .hasMessageContaining("WHO is not set; set it");

        assertThat(load(with("name: ${env:WHO}"), Map.of("WHO", "me"))
                        .experiment()
                        .name())
                .isEqualTo("me");
    }

    @Test
    void aBaseOfAnotherNameIsReadOnceItsNameEndsRight() throws IOException {
        Path file = Files.writeString(folder.resolve("top.yaml"), "extends: base.txt\n");
        Path base = Files.move(folder.resolve("good.yaml"), folder.resolve("base.txt"));
        assertThatThrownBy(() -> load(file, Map.of())).hasMessageContaining("must end in .yaml, .yml, .json");

        for (String ending : List.of("yaml", "yml", "json")) {
            Files.copy(base, folder.resolve("base." + ending));
            Files.writeString(file, "extends: base.%s\n".formatted(ending));
            assertThat(load(file, Map.of()).experiment().name()).isEqualTo("good");
        }
    }
}
