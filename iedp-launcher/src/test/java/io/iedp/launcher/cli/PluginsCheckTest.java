package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import io.iedp.config.plugin.PluginJars;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code iedp plugins check}. */
class PluginsCheckTest {
    @TempDir
    private Path work;

    private Path jar;

    @BeforeEach
    void makePlugin() throws IOException {
        jar = PluginJars.write(work, "LinearProbe", PluginJars.source("LinearProbe"));
    }

    private Result check() {
        return Result.of("plugins", "check", jar.toString());
    }

    /** Copies a class of the class path into the jar, as a packer with the wrong scope does. */
    private void pack(String name) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path into = zip.getPath(name);
            Files.createDirectories(into.getParent());
            Files.write(
                    into, PluginsCheckTest.class.getResourceAsStream("/" + name).readAllBytes());
        }
    }

    @Test
    void aGoodPluginCanBeInstalled() {
        assertThat(check())
                .isEqualTo(new Result(
                        0,
                        ("head acme/linear-probe: One linear layer on the finest features.%n"
                                        + "%s can be installed; it was built for version 0.2 of the API.%n")
                                .formatted(jar),
                        ""));
    }

    @Test
    void classesOfTheHostsMustNotBePackedInside() throws IOException {
        pack("io/iedp/api/head/Head.class");
        pack("io/iedp/api/IedpPlugin.class");
        pack("ai/djl/pytorch/engine/PtEngine.class");

        Result result = check();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "- LinearProbe.jar packs 2 classes of the API (iedp-api), which the host has already; they would be "
                                + "passed over. Give that dependency the scope 'provided'.",
                        "packs 1 classes of the engine (ai.djl.pytorch)",
                        "must not be installed like this: 2 findings.");
    }

    @Test
    void aLibraryThatWasProvidedIsMissed() throws IOException, URISyntaxException {
        jar = PluginJars.write(
                work,
                "LinearProbe",
                PluginJars.source("LinearProbe")
                        .replace(
                                "return (features, training) ->",
                                "System.getProperty(com.google.gson.JsonNull.INSTANCE.toString());\n return (features, training) ->"));

        Result result = check();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "- acme.LinearProbe refers to the class com.google.gson.JsonNull, which is neither in the plugin nor in "
                                + "the JDK. Put the library that has it beside the plugin's jar");

        Path together = Files.createDirectory(work.resolve("together"));
        Files.move(jar, together.resolve("probe.jar"));
        Files.copy(
                Path.of(JsonNull.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                together.resolve("gson.jar"));
        jar = together;
        assertThat(check().code()).as("as advised").isZero();
    }

    @Test
    void aServicesFileInTheWrongPlaceIsFound() throws IOException {
        String right = "META-INF/services/io.iedp.api.IedpPlugin";
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.createDirectories(zip.getPath("services"));
            Files.move(zip.getPath(right), zip.getPath("services/io.iedp.api.IedpPlugin"));
        }

        assertThat(check().err())
                .contains(
                        "has its services file at services/io.iedp.api.IedpPlugin, where nothing looks for it. It belongs at "
                                + right,
                        "there is no %s in it".formatted(right));
    }

    @Test
    void whatIsNoJarIsSaidToBeNone() throws IOException {
        Files.writeString(jar, "no jar");

        assertThat(check().err()).contains("- LinearProbe.jar is no readable jar: ");
        assertThat(Result.of("plugins", "check", "nowhere.jar").err()).contains("There is no nowhere.jar");
    }
}
