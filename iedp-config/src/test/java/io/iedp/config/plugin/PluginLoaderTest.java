package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.iedp.api.IedpPlugin;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that can be taken, and what they see. */
class PluginLoaderTest {
    private static final String PROBE = PluginJars.source("LinearProbe");

    @TempDir
    private Path work;

    private Path folder;

    @BeforeEach
    void makeFolder() {
        folder = work.resolve("my plugins");
    }

    private static Installed head(Catalog catalog, String type) {
        return catalog.find(Kind.HEAD, type).orElseThrow();
    }

    private static ClassLoader loader(Installed installed) {
        return installed.factory().getClass().getClassLoader();
    }

    @Test
    void ownPluginsAreOnTheClassPath() {
        Catalog catalog = PluginLoader.load(folder);

        for (Kind kind : Kind.values()) {
            assertThat(catalog.all(kind)).as(kind.label()).isNotEmpty();
        }
        assertThat(catalog.find(Kind.HEAD, "semantic-fpn")).isPresent();
        assertThat(catalog.find(Kind.HEAD, "rooms")).isEmpty();
    }

    @Test
    void jarsFoldersOfJarsAndFoldersOfClassesArePlugins() throws IOException {
        PluginJars.write(folder, "LinearProbe", PROBE);
        String other = PROBE.replace("LinearProbe", "Second").replace("acme/linear-probe", "acme/second");
        PluginJars.write(folder.resolve("second"), "Second", other);
        Files.writeString(folder.resolve("notes.txt"), "not a plugin");
        Path third = work.resolve("third.jar");
        PluginJars.write(work, "Third", other.replace("Second", "Third").replace("acme/second", "acme/third"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        try (PluginFiles files = PluginFiles.of(work.resolve("Third.jar"))) {
            for (String name : files.names()) {
                Files.createDirectories(classes.resolve(name).getParent());
                Files.write(classes.resolve(name), files.open(name).readAllBytes());
            }
        }
        assertThat(third).doesNotExist();

        try (Catalog catalog = PluginLoader.load(folder, List.of(classes))) {
            Installed first = head(catalog, "acme/linear-probe");
            Installed second = head(catalog, "acme/second");
            assertThat(catalog.broken()).isEmpty();
            assertThat(first.origin()).isEqualTo("LinearProbe.jar");
            assertThat(second.origin()).isEqualTo("Second.jar");
            assertThat(head(catalog, "acme/third").origin()).isEqualTo("classes");
            assertThat(loader(first)).isNotEqualTo(loader(second));
        }
    }

    /** A head that says which version of a library it sees, and its library. */
    private void writeWithLibrary(String name, String method, String says) throws IOException {
        Path own = folder.resolve(name);
        Path library = new TestJar()
                .source(
                        "lib.Words",
                        "package lib; public class Words { public static String %s { return \"%s\"; } }"
                                .formatted(method, says))
                .write(own.resolve("words.jar"));
        String source = PROBE.replace("LinearProbe", name)
                .replace("acme/linear-probe", "acme/" + name.toLowerCase(Locale.ROOT))
                .replace(
                        "return \"One linear layer on the finest features.\";",
                        "return lib.Words.%s;"
                                .formatted(method.replace("int count", "2").replace("String name", "\"x\"")));
        new TestJar()
                .source("acme." + name, source)
                .services("acme." + name)
                .library(library)
                .write(own.resolve(name + ".jar"));
    }

    @Test
    void twoPluginsMayBringTwoVersionsOfOneLibrary() throws IOException {
        writeWithLibrary("Early", "of(int count)", "Words 1.");
        writeWithLibrary("Late", "of(String name)", "Words 2.");

        try (Catalog catalog = PluginLoader.load(folder)) {
            assertThat(catalog.broken()).isEmpty();
            assertThat(head(catalog, "acme/early").factory().description()).isEqualTo("Words 1.");
            assertThat(head(catalog, "acme/late").factory().description()).isEqualTo("Words 2.");
        }
    }

    /** The host has Gson, with other methods. */
    @Test
    void aPluginsLibraryGoesBeforeTheHosts() throws IOException {
        Path own = folder.resolve("own");
        new TestJar()
                .source(
                        "com.google.gson.Gson",
                        "package com.google.gson; public class Gson { public String name() { return \"Not the host's.\"; } }")
                .write(own.resolve("gson.jar"));
        new TestJar()
                .source(
                        "acme.LinearProbe",
                        PROBE.replace(
                                "\"One linear layer on the finest features.\"", "new com.google.gson.Gson().name()"))
                .library(own.resolve("gson.jar"))
                .services("acme.LinearProbe")
                .write(own.resolve("probe.jar"));

        try (Catalog catalog = PluginLoader.load(folder)) {
            assertThat(head(catalog, "acme/linear-probe").factory().description())
                    .isEqualTo("Not the host's.");
        }
    }

    @Test
    void whatCrossesTheBoundaryIsTheHosts() throws Exception {
        PluginJars.write(folder, "LinearProbe", PROBE);

        try (Catalog catalog = PluginLoader.load(folder)) {
            ClassLoader loader = loader(head(catalog, "acme/linear-probe"));
            for (String shared : List.of(
                    "io.iedp.api.head.Head",
                    "ai.djl.ndarray.NDArray",
                    "ai.djl.pytorch.engine.PtEngine",
                    "org.slf4j.Logger",
                    "javax.imageio.ImageIO")) {
                assertThat(loader.loadClass(shared)).isEqualTo(Class.forName(shared));
            }
            for (String hidden : List.of(
                    "io.iedp.nn.Layers",
                    "io.iedp.config.ExperimentLoader",
                    "io.iedp.heads.HeadsPlugin",
                    "com.google.gson.Gson",
                    "com.google.inject.Guice",
                    "org.apache.logging.log4j.Logger",
                    "io.iedp.api.NoSuchClass")) {
                assertThat(catchThrowable(() -> loader.loadClass(hidden)))
                        .as(hidden)
                        .isInstanceOf(ClassNotFoundException.class);
            }
            assertThat(loader.getResource("io/iedp/nn/kernels.py")).isNull();
            assertThat(loader.getResource("io/iedp/api/IedpPlugin.class"))
                    .isEqualTo(IedpPlugin.class.getResource("IedpPlugin.class"));
            assertThat(Collections.list(loader.getResources(PluginPlace.SERVICES)))
                    .hasSize(1);
            assertThat(Collections.list(loader.getResources("META-INF/services/ai.djl.engine.EngineProvider")))
                    .as("the engine's own providers")
                    .isNotEmpty();
        }
    }

    @Test
    void aClassLoaderGoesOnceItsCatalogIsClosed() throws Exception {
        PluginJars.write(folder, "LinearProbe", PROBE);
        PluginJars.write(folder, "Twin", PROBE.replace("LinearProbe", "Twin"));

        WeakReference<ClassLoader> loader = loadAndClose();

        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(loader.get()).isNull();
    }

    private WeakReference<ClassLoader> loadAndClose() throws IOException {
        try (Catalog catalog = PluginLoader.load(folder)) {
            Installed head = head(catalog, "acme/linear-probe");
            assertThat(head.factory().description()).isNotEmpty();
            assertThat(loader(head)
                            .getResource("acme/LinearProbe.class")
                            .openStream()
                            .readAllBytes())
                    .isNotEmpty();
            assertThat(catalog.broken()).hasSize(1);
            return new WeakReference<>(loader(head));
        }
    }
}
