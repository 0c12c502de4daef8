package io.iedp.config.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** Plugins as third parties make them: compiled on their own, packed into a jar of their own. */
public final class PluginJars {
    private PluginJars() {}

    /** The source in {@code plugins/NAME.java} of the test resources. */
    public static String source(String name) {
        try (InputStream source = PluginJars.class.getResourceAsStream("/io/iedp/config/plugin/" + name + ".java")) {
            return new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes {@code NAME.jar} from the class {@code acme.NAME}, which its services file names. */
    public static Path write(Path folder, String name, String source) throws IOException {
        return new TestJar()
                .source("acme." + name, source)
                .services("acme." + name)
                .write(folder.resolve(name + ".jar"));
    }
}
