package io.iedp.launcher.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.IedpPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Plugins as third parties make them: compiled on their own, packed into a jar of their own. */
public final class PluginJars {
    private PluginJars() {}

    /** The source in {@code plugins/NAME.java} of the test resources. */
    public static String source(String name) {
        try (InputStream source = PluginJars.class.getResourceAsStream("/io/iedp/launcher/plugins/" + name + ".java")) {
            return new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes {@code NAME.jar} from the class {@code acme.NAME}, which its services file names. */
    public static Path write(Path folder, String name, String source) throws IOException {
        return write(folder, name, source, "acme." + name);
    }

    static Path write(Path folder, String name, String source, String service) throws IOException {
        Path work = Files.createDirectories(folder.resolveSibling("compiled-" + name));
        Path file = Files.writeString(work.resolve(name + ".java"), source);
        Path classes = Files.createDirectories(work.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertThat(failed).as("the compilation of %s", name).isZero();
        if (service != null) {
            Path services = Files.createDirectories(classes.resolve("META-INF/services"));
            Files.writeString(services.resolve(IedpPlugin.class.getName()), service + "\n");
        }
        return jar(classes, Files.createDirectories(folder).resolve(name + ".jar"));
    }

    private static Path jar(Path classes, Path file) throws IOException {
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(classes)) {
            entries = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Path entry : entries) {
                jar.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                Files.copy(entry, jar);
                jar.closeEntry();
            }
        }
        return file;
    }
}
