package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a plugin can be broken: it is named, with the cause and the way out, and the others load. */
class BrokenPluginsTest {
    private static final String PROBE = PluginJars.source("LinearProbe");
    private static final String AUTHOR = "This is a fault of the plugin; its author can put it right.";
    private static final String SERVICES_REMEDY =
            "It must name, one a line, public classes that are in the plugin, implement IedpPlugin and have a public "
                    + "constructor without parameters.";
    private static final String REBUILD = "Ask its author for a build for version 0.2 of the API, or build it again.";

    @TempDir
    private Path work;

    private Path folder;
    private Path jar;

    @BeforeEach
    void makeGoodPlugin() throws IOException {
        folder = work.resolve("plugins");
        jar = folder.resolve("broken.jar");
        PluginJars.write(folder, "Zealous", named("Zealous"));
    }

    /** The good plugin under another name, with another type. */
    private static String named(String name) {
        return PROBE.replace("LinearProbe", name).replace("acme/linear-probe", "acme/" + name.toLowerCase(Locale.ROOT));
    }

    private static String changed(String what, String by) {
        String source = named("Broken");
        assertThat(source).contains(what);
        return source.replace(what, by);
    }

    private void write(String source) throws IOException {
        new TestJar().source("acme.Broken", source).services("acme.Broken").write(jar);
    }

    private void assertBroken(String reason, String remedy) {
        assertBroken(jar, reason, remedy);
    }

    private void assertBroken(Path place, String reason, String remedy) {
        try (Catalog catalog = PluginLoader.load(folder)) {
            assertThat(catalog.broken()).hasSize(1);
            BrokenPlugin broken = catalog.broken().get(0);
            assertThat(broken.name()).isEqualTo(place.getFileName().toString());
            assertThat(broken.place()).isEqualTo(place.toString());
            assertThat(broken.reason()).startsWith(reason);
            assertThat(broken.remedy()).isEqualTo(remedy);
            assertThat(catalog.find(Kind.HEAD, "acme/zealous")).isPresent();
            assertThat(catalog.find(Kind.HEAD, "acme/broken")).isEmpty();
        }
    }

    @Test
    void aDamagedJar() throws IOException {
        write(named("Broken"));
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

        assertBroken("broken.jar is no readable jar: ", "Build or copy it again.");
    }

    @Test
    void noServicesFile() throws IOException {
        new TestJar().source("acme.Broken", named("Broken")).write(jar);

        assertBroken(
                "there is no META-INF/services/io.iedp.api.IedpPlugin in it",
                "That file must name the plugin's class. A plugin's libraries belong into one folder with it, not beside it.");
    }

    @Test
    void anEmptyFolder() throws IOException {
        assertBroken(
                Files.createDirectories(folder.resolve("empty")),
                "there is no META-INF/services/io.iedp.api.IedpPlugin in it",
                "That file must name the plugin's class. A plugin's libraries belong into one folder with it, not beside it.");
    }

    @Test
    void aServicesFileThatNamesAClassThatIsNotThere() throws IOException {
        new TestJar()
                .source("acme.Broken", named("Broken"))
                .services("acme.Other")
                .write(jar);

        assertBroken(
                "META-INF/services/io.iedp.api.IedpPlugin is wrong: Provider acme.Other not found", SERVICES_REMEDY);
    }

    @Test
    void aServicesFileThatIsNoListOfNames() throws IOException {
        new TestJar()
                .source("acme.Broken", named("Broken"))
                .services("the class is acme.Broken")
                .write(jar);

        assertBroken("META-INF/services/io.iedp.api.IedpPlugin is wrong: ", SERVICES_REMEDY);
    }

    @Test
    void aClassThatIsNoPlugin() throws IOException {
        write("package acme; public class Broken {}");

        assertBroken("META-INF/services/io.iedp.api.IedpPlugin is wrong: acme.Broken not a subtype", SERVICES_REMEDY);
    }

    @Test
    void noConstructorWithoutParameters() throws IOException {
        write(changed("{\n    public record", "{\n    public Broken(int x) {}\n    public record"));

        assertBroken("META-INF/services/io.iedp.api.IedpPlugin is wrong: ", SERVICES_REMEDY);
    }

    @Test
    void aConstructorThatFails() throws IOException {
        write(changed(
                "{\n    public record",
                "{\n    public Broken() { throw new IllegalStateException(\"no licence\"); }\n    public record"));

        assertBroken("the constructor of acme.Broken fails with java.lang.IllegalStateException: no licence", AUTHOR);
    }

    @Test
    void aConstantThatFails() throws IOException {
        write(changed(
                "{\n    public record", "{\n    static final int X = Integer.parseInt(\"x\");\n    public record"));

        assertBroken("the constructor of acme.Broken fails with java.lang.NumberFormatException: ", AUTHOR);
    }

    @Test
    void aLibraryThatIsMissing() throws IOException {
        new TestJar()
                .stub("lib.Words", "package lib; public class Words { public static String of() { return null; } }")
                .source("acme.Broken", changed("\"One linear layer on the finest features.\"", "lib.Words.of()"))
                .services("acme.Broken")
                .write(jar);

        assertBroken(
                "it needs the class lib.Words, which is neither in the plugin nor in the JDK",
                "Put the library that has it beside the plugin's jar, both in a folder of their own below the folder of plugins.");
    }

    @Test
    void aLibraryOfTheHosts() throws IOException {
        write(changed("\"One linear layer on the finest features.\"", "com.google.gson.JsonNull.INSTANCE.toString()"));

        assertBroken(
                "it needs the class com.google.gson.JsonNull, which is neither in the plugin nor in the JDK",
                "Put the library that has it beside the plugin's jar, both in a folder of their own below the folder of plugins.");
    }

    @Test
    void aClassOfTheHosts() throws IOException {
        write(changed("\"One linear layer on the finest features.\"", "\"\" + io.iedp.nn.Gradients.class"));

        assertBroken(
                "it needs the class io.iedp.nn.Gradients, which is IEDP's own and not for plugins: they see the packages "
                        + "io.iedp.api, io.iedp.io, ai.djl and org.slf4j",
                AUTHOR);
    }

    @Test
    void aClassOfALaterApi() throws IOException {
        new TestJar()
                .stub("io.iedp.api.Later", "package io.iedp.api; public interface Later {}")
                .source("acme.Broken", changed("implements IedpPlugin", "implements io.iedp.api.Later, IedpPlugin"))
                .services("acme.Broken")
                .write(jar);

        assertBroken("it needs the class io.iedp.api.Later, which version 0.2 of the API does not have", REBUILD);
    }

    @Test
    void aMethodOfALaterApi() throws IOException {
        new TestJar()
                .stub(
                        "io.iedp.api.UserException",
                        "package io.iedp.api; public class UserException { public static String hint() { return null; } }")
                .source(
                        "acme.Broken",
                        changed("\"One linear layer on the finest features.\"", "io.iedp.api.UserException.hint()"))
                .services("acme.Broken")
                .write(jar);

        assertBroken("it does not fit to this version of the API: java.lang.NoSuchMethodError: ", REBUILD);
    }

    @Test
    void anotherVersionOfTheApi() throws IOException {
        write(changed("ApiVersion.CURRENT", "\"0.3\""));

        assertBroken(
                "acme.Broken was built for version 0.3 of the API, but this is version 0.2",
                "Ask its author for a build for 0.2, or build it again.");
    }

    @Test
    void noVersionOfTheApi() throws IOException {
        write(changed("@ApiVersion(ApiVersion.CURRENT)", ""));

        assertBroken(
                "acme.Broken does not say which version of the API it was built for",
                "Its author must put @ApiVersion(ApiVersion.CURRENT) on the class.");
    }

    /** The sixth and seventh byte of a class file are its version: 44 and that of Java. */
    @Test
    void aLaterJava() throws IOException {
        write(named("Broken"));
        byte[] later;
        try (PluginFiles files = PluginFiles.of(jar)) {
            later = files.open("acme/Broken.class").readAllBytes();
        }
        later[6] = 0;
        later[7] = 44 + 60;
        try (java.nio.file.FileSystem zip = java.nio.file.FileSystems.newFileSystem(jar)) {
            Files.write(zip.getPath("acme/Broken.class"), later);
        }

        int feature = Runtime.version().feature();
        assertBroken(
                "it was built for a later Java than this one, %s: ".formatted(feature),
                "Run IEDP with that Java, or build the plugin with --release %s.".formatted(feature));
    }

    @Test
    void aTypeThatIsThereAlready() throws IOException {
        write(changed("acme/broken", "acme/zealous"));

        try (Catalog catalog = PluginLoader.load(folder)) {
            // Jars are taken in the order of their names.
            assertThat(catalog.find(Kind.HEAD, "acme/zealous").orElseThrow().origin())
                    .isEqualTo("Zealous.jar");
            assertThat(catalog.broken()).singleElement().satisfies(broken -> {
                assertThat(broken.name()).isEqualTo("broken.jar");
                assertThat(broken.reason())
                        .isEqualTo(
                                "its head 'acme/zealous' is there already: acme.Zealous brings it from Zealous.jar, and "
                                        + "acme.Broken from broken.jar");
                assertThat(broken.remedy()).isEqualTo("Remove one of them.");
            });
        }
    }

    /** Nothing of such a plugin is taken. */
    @Test
    void aStoreOfWeightsThatIsThereAlready() throws IOException {
        write(changed("{\n    public record", """
                {
                    @Override
                    public java.util.List<io.iedp.api.nn.WeightStore> weightStores() {
                        return java.util.List.of(new io.iedp.api.nn.WeightStore() {
                            @Override
                            public String scheme() {
                                return "iedp";
                            }

                            @Override
                            public java.nio.file.Path locate(String name) {
                                return java.nio.file.Path.of(name);
                            }
                        });
                    }

                    public record"""));

        assertBroken(
                "its store of weights 'iedp://' is there already: io.iedp.models.ShippedModels and acme.Broken$1 have it",
                "Remove one of them.");
        try (Catalog catalog = PluginLoader.load(folder)) {
            assertThat(catalog.find(Kind.HEAD, "acme/broken")).isEmpty();
        }
    }

    @Test
    void aTypeWithoutAVendor() throws IOException {
        write(changed("acme/broken", "semantic-fpn"));

        assertBroken(
                "it brings a head of type 'semantic-fpn', which is a name for one of IEDP's own",
                "A third party's types are named VENDOR/NAME, both in lower-case words joined by hyphens, as in "
                        + "acme/linear-probe.");
    }

    @Test
    void aConfigurationThatYamlCannotBeBoundTo() throws IOException {
        write(changed("double spread", "float spread"));

        assertBroken(
                "'spread' of acme.Broken$Config is of the type float, which YAML cannot be bound to",
                "It may be an int, long, double, boolean, String, Path, WeightsPath, enum, record or Chosen component, or a List, Map or Optional of those.");
    }

    @Test
    void noConfiguration() throws IOException {
        write(changed("return Config.class;", "return null;"));

        assertBroken(
                "the configuration of its head 'acme/broken' is no record, but null", "Its author must make it one.");
    }

    @Test
    void noType() throws IOException {
        write(changed("return \"acme/broken\";", "return null;"));

        assertBroken(
                "a head of acme.Broken has no type or no description", "Its author must return both from the factory.");
    }

    @Test
    void aListingThatFails() throws IOException {
        write(changed("return List.of(this);", "throw new IllegalStateException(\"no licence\");"));

        assertBroken("it fails with java.lang.IllegalStateException: no licence", AUTHOR);
    }

    @Test
    void aListingThatIsNoList() throws IOException {
        write(changed("return List.of(this);", "return null;"));

        assertBroken("it fails with java.lang.NullPointerException", AUTHOR);
    }

    @Test
    void nothingInIt() throws IOException {
        write(changed("return List.of(this);", "return List.of();"));

        assertBroken(
                "its plugin brings no component",
                "Its author must override the methods of IedpPlugin that list what it brings.");
    }

    @Test
    void severalAreAllReported() throws IOException {
        write(changed("return List.of(this);", "return List.of();"));
        Files.writeString(folder.resolve("other.jar"), "no jar");

        try (Catalog catalog = PluginLoader.load(folder)) {
            assertThat(catalog.broken())
                    .extracting(BrokenPlugin::name)
                    .containsExactlyInAnyOrder("broken.jar", "other.jar");
            assertThat(catalog.find(Kind.HEAD, "acme/zealous")).isPresent();
        }
    }
}
