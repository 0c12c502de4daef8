package io.iedp.launcher.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
    private static final String PROBE = PluginJars.source("LinearProbe");

    @TempDir
    private Path work;

    private Path folder;

    @BeforeEach
    void makeFolder() {
        folder = work.resolve("my plugins");
    }

    private static String renamed(String name) {
        return PROBE.replace("LinearProbe", name);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> PluginLoader.load(folder)).isInstanceOf(UserException.class);
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
    void jarsAndFoldersOfJarsArePlugins() throws IOException {
        PluginJars.write(folder, "LinearProbe", PROBE);
        String other = renamed("Second").replace("acme/linear-probe", "acme/second");
        Path jar = PluginJars.write(work.resolve("elsewhere"), "Second", other);
        Files.move(jar, Files.createDirectories(folder.resolve("second")).resolve("Second.jar"));
        Files.writeString(folder.resolve("notes.txt"), "not a plugin");

        Catalog catalog = PluginLoader.load(folder);

        Installed first = catalog.find(Kind.HEAD, "acme/linear-probe").orElseThrow();
        Installed second = catalog.find(Kind.HEAD, "acme/second").orElseThrow();
        assertThat(first.origin()).isEqualTo("LinearProbe.jar");
        assertThat(second.origin()).isEqualTo("Second.jar");
        assertThat(first.factory().getClass().getClassLoader())
                .isNotEqualTo(second.factory().getClass().getClassLoader());
    }

    @Test
    void aDamagedJarIsNamed() throws IOException {
        Path jar = PluginJars.write(folder, "LinearProbe", PROBE);
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused().hasMessageContaining("%s is no readable jar: ", jar);
    }

    @Test
    void aJarWithoutAServicesFileIsNoPlugin() throws IOException {
        Path jar = PluginJars.write(folder, "LinearProbe", PROBE, null);

        assertRefused().hasMessageContaining("%s holds no plugin: no META-INF/services/io.iedp.api.IedpPlugin", jar);
    }

    @Test
    void anEmptyFolderIsNoPlugin() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertRefused().hasMessageContaining("%s holds no plugin", empty);
    }

    @Test
    void aServicesFileMustNameAClassThatIsThere() throws IOException {
        Path jar = PluginJars.write(folder, "LinearProbe", PROBE, "acme.Other");

        assertRefused()
                .hasMessageContaining("The plugin in %s cannot be loaded", jar)
                .hasMessageContaining("acme.Other");
    }

    @Test
    void aFailureOfThePluginIsToldWithItsReason() throws IOException {
        PluginJars.write(
                folder,
                "LinearProbe",
                PROBE.replace(
                        "return List.of(this);",
                        "if (true) throw new IllegalStateException(\"no licence\"); return null;"));

        assertRefused().hasMessageContaining("cannot be loaded").hasMessageContaining("no licence");
    }

    @Test
    void twoPluginsCannotBringOneType() throws IOException {
        PluginJars.write(folder, "LinearProbe", PROBE);
        PluginJars.write(folder, "Second", renamed("Second"));

        assertRefused()
                .hasMessage(
                        "Two plugins bring a head of type 'acme/linear-probe': acme.LinearProbe in LinearProbe.jar and "
                                + "acme.Second in Second.jar. Remove one of them.");
    }

    @Test
    void aThirdPartyPutsItsNameBeforeItsTypes() throws IOException {
        Path jar = PluginJars.write(folder, "LinearProbe", PROBE.replace("acme/linear-probe", "semantic-fpn"));

        assertRefused()
                .hasMessageContaining("%s brings a head of type 'semantic-fpn'", jar)
                .hasMessageContaining("VENDOR/NAME");
    }

    @Test
    void configurationsMustBeBindable() throws IOException {
        PluginJars.write(folder, "LinearProbe", PROBE.replace("double spread", "float spread"));

        assertRefused()
                .hasMessageContaining("acme.LinearProbe in LinearProbe.jar: 'spread'")
                .hasMessageContaining("is of the type float");
    }
}
