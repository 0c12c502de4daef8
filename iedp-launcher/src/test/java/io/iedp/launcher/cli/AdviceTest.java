package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import io.iedp.config.plugin.PluginJars;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages of the command line advise: each is provoked, and gone when its advice has been followed. */
class AdviceTest {
    /** The guidance of the smallest model. */
    private static final String PICTURES =
            "{type: clip-image, queries: 8, heads: 2, architecture: {image-size: 16, patch: 8, width: 16, layers: 1, heads: 2}}";

    private static final String WORDS =
            "{type: label-prompt, architecture: {length: 8, width: 16, layers: 1, heads: 2}}";

    @TempDir
    private Path work;

    /** Words are parted by two spaces; MICRO is the smallest experiment, OUT a folder that is not there yet. */
    private Result run(String line) {
        String briefly = "output=OUT  training.steps=1  report.samples=0  report.baseline=false";
        return Result.of(Arrays.stream(line.replace("BRIEFLY", briefly).split("  "))
                .map(word -> word.replace("MICRO", CommandsTest.micro())
                        .replace("OUT", work.resolve("out").toString())
                        .replace("PICTURES", PICTURES)
                        .replace("WORDS", WORDS))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "validat  MICRO | Did you mean: iedp validate | validate  MICRO",
                "config | There is: config show FILE | config  show  MICRO",
                "describe  haed  linear | did you mean 'head'? | describe  head  linear",
                "describe  head | there are depth-decoder, linear | describe  head  linear",
                "describe  experiment  x | has no types; leave 'x' out | describe  experiment",
                "data  export  rooms  OUT  count=2 | as in train.count=1000 | data  export  rooms  OUT  train.count=2  val.count=2",
                "new-plugin  a_b  --kind=head  --to=OUT | as in acme/linear-probe | new-plugin  acme/linear-probe  --kind=head  --to=OUT",
                "publish  nowhere  OUT | there is iedp://rooms | publish  iedp://rooms  OUT",
                "sweep  MICRO  BRIEFLY  seed=1  seed=2 | give all its values at once, as in seed=1,2,3 | sweep  MICRO  BRIEFLY  seed=1,2,3",
                "train  --resume | or FILE for the newest of its name | train  MICRO  --resume  BRIEFLY",
                "train  MICRO  --limit-batches=0 | must be at least 1 | train  MICRO  --limit-batches=1  BRIEFLY",
                "train  MICRO  --dry-run  data.augment=[random-scale] | End data.augment with a random-crop or a resize | train  MICRO  --dry-run  data.augment=[random-scale, {type: random-crop, width: 32, height: 24}]",
                "train  MICRO  --dry-run  data.augment=[random-scale] | End data.augment with a random-crop or a resize | train  MICRO  --dry-run  data.augment=[random-scale, {type: resize, width: 32, height: 24}]",
                "train  MICRO  --dry-run  guidance.explicit={$replace: {type: label-prompt, architecture: {length: 8, layers: 1}}} | Set architecture.width: 16 | train  MICRO  --dry-run  guidance.explicit={$replace: {type: label-prompt, architecture: {length: 8, width: 16, layers: 1, heads: 2}}}",
                "train  MICRO  --dry-run  guidance={$replace: {a: WORDS}} | Add one that can, such as clip-image | train  MICRO  --dry-run  guidance={$replace: {a: WORDS, b: PICTURES}}",
                "train  MICRO  --dry-run  guidance.explicit.template=a {living room} | write {labels} for the names of the classes, or a text of the samples, such as {scene} | train  MICRO  --dry-run  guidance.explicit.template=a {scene} with {labels}",
                "train  MICRO  BRIEFLY  task={$replace: {type: depth, crop: nyu-eigen}} | Choose crop: none. | train  MICRO  BRIEFLY  task={$replace: {type: depth, crop: none}}"
            })
    void ofACommand(String wrong, String advice, String right) {
        Result refused = run(wrong);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(advice);

        Result followed = run(right);

        assertThat(followed.code()).as(followed.err()).isZero();
    }

    @Test
    void whatIsMissingOfDataToExportIsNamedAsItIsGiven() {
        Result refused = run("data  export  folder  OUT");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("command line  train.root", "command line  val.root");

        assertThat(run("data  export  folder  OUT  train.root=none  val.root=none")
                        .err())
                .startsWith("There is no folder")
                .contains("none");
    }

    @Test
    void anExperimentThatHasChangedBeginsWithTheWeights() {
        assertThat(run("train  MICRO  BRIEFLY").code()).isZero();
        String refused = run("train  --resume=OUT/micro  head.channels=32").err();

        Matcher advice = Pattern.compile(
                        "(--init-from=\\S+) in the place of --resume .* FILE, for which (\\S+) can be taken")
                .matcher(refused);

        assertThat(advice.find()).as(refused).isTrue();
        Result followed = Result.of("train", advice.group(2), advice.group(1), "head.channels=32");
        assertThat(followed.code()).as(followed.err()).isZero();
        assertThat(followed.out()).contains("arrays taken");
    }

    @Test
    void smallerPicturesAreShownLargerOnDemand() throws IOException {
        Path picture = work.resolve("picture.png");
        ImageFiles.writePng(new RgbImage(96, 64, new byte[96 * 64 * 3]), picture);
        assertThat(run("train  MICRO  BRIEFLY").code()).isZero();
        String predict = "predict  OUT/micro  " + picture;
        assertThat(run(predict).err()).contains("--longest=N shows it more of them", "--longest=0 all");

        for (String longest : List.of("  --longest=64", "  --longest=0")) {
            assertThat(run(predict + longest)).satisfies(followed -> {
                assertThat(followed.code()).isZero();
                assertThat(followed.err()).isEmpty();
            });
        }
    }

    @Test
    void aPluginThatIsMissingIsLoadedFromWhereItIs() throws IOException {
        Path plugins = work.resolve("plugins");
        Path jar = PluginJars.write(plugins, "LinearProbe", PluginJars.source("LinearProbe"));
        List<String> validate = new ArrayList<>(
                List.of("validate", CommandsTest.micro(), "head={$replace: {type: acme/linear-probe}}"));
        assertThat(Result.of(validate.toArray(String[]::new)).err())
                .contains("--plugin-path=PATH loads a plugin that is not installed");

        validate.add("--plugin-path=" + jar);
        assertThat(Result.of(validate.toArray(String[]::new)).code()).isZero();

        validate.add("--plugins=" + plugins);
        assertThat(Result.of(validate.toArray(String[]::new)))
                .as("with what is loaded already")
                .isEqualTo(new Result(0, "%s is valid.%n".formatted(CommandsTest.micro()), ""));
    }
}
