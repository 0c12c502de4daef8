package io.iedp.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedModelsTest {
    static final List<String> NAMES = ShippedModels.NAMES;

    @TempDir
    Path cache;

    private ShippedModels models() {
        return new ShippedModels(List.of("tiny", "changed"), () -> cache);
    }

    @Test
    void aModelIsUnpackedOnceAndItsPartsAreInIt() throws IOException {
        Path tiny = models().locate("tiny");
        assertThat(tiny.getFileName()).hasToString("tiny");
        assertThat(tiny.resolve("unet/config.json")).hasContent("weights of nothing\n");
        Files.writeString(tiny.resolve("README.md"), "still there");
        assertThat(models().locate("tiny/")).isEqualTo(tiny);
        assertThat(models().locate("tiny/unet")).isEqualTo(tiny.resolve("unet"));
        assertThat(models().locate("tiny/unet/config.json")).isRegularFile();
        assertThat(tiny.resolve("README.md")).hasContent("still there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny/nothing", "tiny/..", "tiny/../tiny", "tiny/un"})
    void aPartThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> models().locate(name))
                .isInstanceOf(UserException.class)
                .hasMessage("The model iedp://tiny has no '%s'; it has README.md, unet", name.substring(5));
    }

    @Test
    void aModelThatIsNoneIsRefused() {
        assertThatThrownBy(() -> models().locate("tinny"))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no model iedp://tinny; there are iedp://tiny, iedp://changed");
    }

    @Test
    void theOnlyModelIsNamed() {
        assertThatThrownBy(() -> new ShippedModels(List.of("tiny"), () -> cache).locate("big"))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no model iedp://big; there is iedp://tiny");
    }

    @Test
    void damageIsFoundAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> models().locate("changed"))
                .isInstanceOf(UserException.class)
                .hasMessage("The jar of IEDP's models is damaged: changed/README.md has changed.");
        assertThat(cache.resolve("models")).isEmptyDirectory();
    }

    @Test
    void manyAtOnceGetOneCopy() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Path> one = () -> models().locate("tiny");
            for (Future<Path> each :
                    threads.invokeAll(IntStream.range(0, 64).mapToObj(i -> one).toList())) {
                assertThat(each.get().resolve("unet/config.json")).isRegularFile();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(cache.resolve("models")).isDirectoryContaining(each -> true);
        try (Stream<Path> versions = Files.list(cache.resolve("models"))) {
            assertThat(versions).hasSize(1);
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        assertThatThrownBy(() -> new ShippedModels(List.of("tiny"), () -> file).locate("tiny"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("iedp://tiny cannot be unpacked to " + file)
                .hasMessageContaining("XDG_CACHE_HOME");
    }

    @Test
    void theCacheIsWhereTheDesktopHasIt() {
        Path named = cache.toAbsolutePath();
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", named.toString()), "/home/ann"))
                .isEqualTo(named.resolve("iedp"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "here"), named.toString()))
                .isEqualTo(named.resolve(".cache/iedp"));
        assertThatThrownBy(() -> CacheFolder.of(Map.of(), "?"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("XDG_CACHE_HOME");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void theSumsOfTheModelsAreThoseOfTheirFiles(String name) throws IOException {
        Path folder = Path.of("..", "models", name);
        Map<String, String> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(Sums.FILE))
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString().replace('\\', '/'), ShippedModelsTest::sum));
        }
        try (InputStream sums = ShippedModels.class.getResourceAsStream(name + "/" + Sums.FILE)) {
            assertThat(Sums.parse(new String(sums.readAllBytes(), StandardCharsets.UTF_8))
                            .byPath())
                    .isEqualTo(files);
        }
    }

    private static String sum(Path file) {
        try {
            return Sums.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
