package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencedClassesTest {
    private static final String LIBRARY =
            "package lib;\npublic class %s<T> extends Exception { public static long make() { return 1; } }";

    private static byte[] classFile;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        TestJar jar = new TestJar();
        for (String name :
                Set.of("Field", "Argument", "Result", "Local", "Handle", "Passed", "Element", "Caught", "Thrown")) {
            jar.stub("lib." + name, LIBRARY.formatted(name).replace("<T>", ""));
        }
        jar.stub("lib.Generic", "package lib;\npublic class Generic {}");
        jar.stub("lib.Bound", "package lib;\npublic interface Bound {}");
        jar.stub("lib.Mark", "package lib;\npublic @interface Mark {}");
        jar.stub("lib.Source", "package lib;\npublic class Source { public static Passed get() { return null; } }");
        jar.source("acme.Uses", """
                package acme;
                @lib.Mark
                abstract class Uses<Label extends lib.Bound> {
                    static final long LARGE = 1L << 40;
                    lib.Field field;
                    java.util.List<lib.Generic> generic;
                    lib.Element[][] elements;
                    abstract lib.Result of(lib.Argument argument, int number, Label label) throws lib.Thrown;
                    void code() {
                        Object local = new lib.Local();
                        java.util.function.LongSupplier handle = lib.Handle::make;
                        take(lib.Source.get());
                        try { handle.getAsLong(); if (LARGE > 0) throw new lib.Caught(); } catch (lib.Caught e) { }
                    }
                    void take(Object any) { }
                }
                """);
        Path written = jar.write(folder.resolve("uses.jar"));
        try (PluginFiles files = PluginFiles.of(written);
                InputStream in = files.open("acme/Uses.class")) {
            classFile = in.readAllBytes();
        }
    }

    private static Set<String> in(byte[] bytes) throws IOException {
        return ReferencedClasses.in("acme.Uses", new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Field",
                "Generic",
                "Element",
                "Result",
                "Argument",
                "Thrown",
                "Bound",
                "Local",
                "Handle",
                "Source",
                "Passed",
                "Caught"
            })
    void seesWhatIsUsedAndDeclared(String name) throws IOException {
        assertThat(in(classFile)).contains("lib." + name);
    }

    @Test
    void namesClassesAlone() throws IOException {
        assertThat(in(classFile))
                .contains("acme.Uses", "java.util.function.LongSupplier", "java.util.List")
                .allMatch(name -> name.matches("[a-z]+(\\.[a-z]+)*\\.[A-Z]\\w*(\\$\\w+)*"));
    }

    /** The virtual machine passes over annotations that are not there. */
    @Test
    void annotationsMayBeMissing() throws IOException {
        assertThat(in(classFile)).doesNotContain("lib.Mark");
    }

    @Test
    void whatIsNoClassFileIsSaidToBeNone() {
        for (byte[] bytes : new byte[][] {{}, "no class file".getBytes(StandardCharsets.UTF_8)}) {
            assertThatThrownBy(() -> in(bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("acme.Uses is no class file, or is damaged: ");
        }
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = classFile.clone();
            for (int i = 0; i < 4; i++) {
                damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt(256);
            }
            try {
                in(damaged);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 499);
    }
}
