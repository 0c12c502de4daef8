package io.iedp.launcher.scaffold;

import io.iedp.api.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A project for a plugin of one component, from the templates that the Maven archetype has, too.
 *
 * @param vendor what its type has before the slash
 * @param name what its type has after the slash, and the project's name
 * @param kind what it is a component of
 * @param version of IEDP that it is built on
 */
public record PluginProject(String vendor, String name, Kind kind, String version) {
    private static final String WORDS = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final List<String> COMMON = List.of(
            "pom.xml",
            "README.md",
            "gitignore",
            "src/main/resources/META-INF/services/io.iedp.api.IedpPlugin",
            "src/test/java/TrainingTest.java");
    private static final List<String> OWN = List.of(
            "experiment.yaml",
            "src/main/java/__className__.java",
            "src/main/java/__className__Config.java",
            "src/main/java/__className__Factory.java",
            "src/main/java/__className__Plugin.java",
            "src/test/java/__className__Test.java");

    /** The kinds that there are templates for. */
    public enum Kind {
        TASK,
        HEAD,
        BACKBONE,
        GUIDANCE,
        DATASET,
        TRANSFORM,
        HOOK;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param name as in {@code acme/my-head}, or {@code my-head}, whose vendor is {@code example}
     * @throws UserException if the name cannot be that of a component
     */
    public static PluginProject of(String name, Kind kind, String version) {
        String[] parts = name.contains("/") ? name.split("/", -1) : new String[] {"example", name};
        if (parts.length != 2 || !parts[0].matches(WORDS) || !parts[1].matches(WORDS)) {
            throw new UserException(
                    "'%s' must be VENDOR/NAME or NAME, each of lower-case words joined by hyphens, as in acme/linear-probe"
                            .formatted(name));
        }
        return new PluginProject(parts[0], parts[1], kind, version);
    }

    /** What templates have in place of names. */
    Map<String, String> values() {
        return Map.of(
                "groupId",
                vendor,
                "artifactId",
                name,
                "version",
                "1.0-SNAPSHOT",
                "package",
                javaPackage(),
                "className",
                className(),
                "type",
                vendor + "/" + name,
                "kind",
                kind.label(),
                "iedpVersion",
                version);
    }

    private String javaPackage() {
        return Stream.of(vendor, name)
                .map(part -> part.replace("-", ""))
                .map(part -> SourceVersion.isKeyword(part) ? part + "plugin" : part)
                .collect(Collectors.joining("."));
    }

    private String className() {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /**
     * Writes the project.
     *
     * @param folder new, or empty
     * @return its files
     * @throws UserException if the folder has something in it, or cannot be written
     */
    public List<Path> write(Path folder) {
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new UserException("%s is there already and not empty; nothing was written".formatted(folder));
            }
            List<Path> written = new ArrayList<>();
            for (String file : COMMON) {
                written.add(write(folder, file, file));
            }
            for (String file : OWN) {
                written.add(write(folder, "kinds/%s/%s".formatted(kind.label(), file), file));
            }
            return written;
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private Path write(Path folder, String template, String file) throws IOException {
        String inPackage = file.replaceFirst(
                "^(src/(?:main|test)/java/)", "$1" + javaPackage().replace('.', '/') + "/");
        Path target = folder.resolve(
                inPackage.replace("__className__", className()).replaceFirst("^gitignore$", ".gitignore"));
        Files.createDirectories(target.getParent());
        return Files.writeString(target, filled(template));
    }

    private String filled(String template) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream("project/" + template)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values().entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        }
    }
}
