package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar that is compiled while the test runs. */
final class TestJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> stubs = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private final Manifest manifest = new Manifest();

    TestJar() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A class that becomes part of the jar. */
    TestJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** A class that is there when the jar is compiled, before all others, and not in it. */
    TestJar stub(String className, String text) {
        stubs.put(className, text);
        return this;
    }

    /** A jar that is there when this one is compiled. */
    TestJar library(Path jar) {
        libraries.add(jar);
        return this;
    }

    TestJar file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestJar services(String... classNames) {
        return file(PluginPlace.SERVICES, String.join("\n", classNames) + "\n");
    }

    TestJar manifest(Attributes.Name name, String value) {
        manifest.getMainAttributes().put(name, value);
        return this;
    }

    Path write(Path jar) throws IOException {
        Path work = Files.createTempDirectory("test-jar");
        Path stubClasses = compile(work.resolve("stubs"), stubs, List.of());
        List<Path> classPath = new ArrayList<>(List.of(stubClasses));
        classPath.addAll(libraries);
        Path classes = compile(work.resolve("own"), sources, classPath);
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                put(entries, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(entries, file.getKey(), file.getValue());
            }
        }
        return jar;
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static Path compile(Path folder, Map<String, String> sources, List<Path> before) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp"));
        arguments.add(String.join(
                File.pathSeparator,
                Stream.concat(before.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                        .toList()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        if (!sources.isEmpty()) {
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(failed).as("the compilation of %s", sources.keySet()).isZero();
        }
        return classes;
    }
}
