package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @TempDir
    private Path lib;

    private Path jar(String name, String title, String version) throws IOException {
        return new TestJar()
                .manifest(Attributes.Name.IMPLEMENTATION_TITLE, title)
                .manifest(Attributes.Name.IMPLEMENTATION_VERSION, version)
                .write(lib.resolve(name));
    }

    private static String path(Path... jars) {
        return Stream.of(jars).map(Path::toString).collect(Collectors.joining(":"));
    }

    @Test
    void jarsOfOneVersionBelongTogether() throws IOException {
        String path = path(
                jar("iedp-api-1.0.jar", "iedp-api", "1.0"),
                jar("iedp-nn-1.0.jar", "iedp-nn", "1.0"),
                jar("iedp-nn-1.0-tests.jar", "iedp-nn", "1.0"),
                jar("gson-2.13.jar", "gson", "2.13"),
                lib,
                lib.resolve("classes"));

        assertThatCode(() -> ClassPath.check(path)).doesNotThrowAnyException();
    }

    @Test
    void mixedVersionsAreNamed() throws IOException {
        Path api = jar("iedp-api-1.0.jar", "iedp-api", "1.0");
        Path heads = jar("iedp-heads-1.1.jar", "iedp-heads", "1.1");

        assertThatThrownBy(() -> ClassPath.check(path(api, heads)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "The class path mixes versions of IEDP; take all from one:%n  1.0  %s%n  1.1  %s", api, heads);
    }

    @Test
    void oneModuleTwiceIsNamed() throws IOException {
        Path one = jar("iedp-api-1.0.jar", "iedp-api", "1.0");
        Path two = jar("iedp-api-1.1.jar", "iedp-api", "1.1");

        assertThatThrownBy(() -> ClassPath.check(path(one, two)))
                .isInstanceOf(UserException.class)
                .hasMessage("iedp-api is on the class path twice: %s and %s. Leave one of them there.", one, two);
    }

    @Test
    void aDamagedJarIsNamed() throws IOException {
        Path jar = Files.writeString(lib.resolve("iedp-api-1.0.jar"), "no jar");

        assertThatThrownBy(() -> ClassPath.check(jar.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("%s on the class path is no readable jar: ", jar);
    }
}
