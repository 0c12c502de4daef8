package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.io.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is damaged in a plugin, the check says so. */
class ClassFilesFuzzTest {
    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void makeGoodPlugin() throws IOException {
        jar = new TestJar()
                .source("acme.LinearProbe", PluginJars.source("LinearProbe"))
                .services("acme.LinearProbe")
                .write(folder.resolve("good.jar"));
    }

    @Test
    void jars() throws IOException {
        Fuzz.run("jars", 300, List.of(Files.readAllBytes(jar)), bytes -> check(bytes));
    }

    @Test
    void classFiles() throws IOException {
        Map<String, byte[]> entries = entries();
        List<byte[]> classes = entries.entrySet().stream()
                .filter(each -> each.getKey().endsWith(".class"))
                .map(Map.Entry::getValue)
                .toList();
        List<String> names = entries.keySet().stream()
                .filter(each -> each.endsWith(".class"))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Fuzz.run("class-files-" + i, 200, List.of(classes.get(i)), bytes -> {
                Map<String, byte[]> changed = new LinkedHashMap<>(entries);
                changed.put(name, bytes);
                check(packed(changed));
            });
        }
    }

    @Test
    void anArchiveMayNameFilesThatCannotBe() throws IOException {
        String archive = new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1);
        Path changed = Files.writeString(
                folder.resolve("nul.jar"),
                archive.replace("acme/LinearProbe.class", "acme/LinearProb\0.class"),
                StandardCharsets.ISO_8859_1);

        assertThat(PluginCheck.of(changed).findings())
                .anyMatch(finding -> finding.contains("cannot be the name of a file"));
    }

    private void check(byte[] bytes) {
        try {
            PluginCheck.of(Files.write(folder.resolve("changed.jar"), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(jar);
                JarInputStream all = new JarInputStream(in)) {
            for (JarEntry entry = all.getNextJarEntry(); entry != null; entry = all.getNextJarEntry()) {
                entries.put(entry.getName(), all.readAllBytes());
            }
        }
        return entries;
    }

    private byte[] packed(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new JarEntry(each.getKey()));
                out.write(each.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
