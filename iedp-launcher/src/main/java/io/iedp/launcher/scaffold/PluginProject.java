package io.iedp.launcher.scaffold;

import io.iedp.api.UserException;
import io.iedp.io.file.Folders;
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
 * A project for a plugin of one component or of several kinds, from the templates that the Maven archetype has, too.
 *
 * @param vendor what its type has before the slash
 * @param name what its type has after the slash, and the project's name
 * @param kinds what it has components of; all have the same type
 * @param version of IEDP that it is built on
 */
public record PluginProject(String vendor, String name, List<Kind> kinds, String version) {
    private static final String WORDS = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final List<String> COMMON = List.of(
            "pom.xml",
            "README.md",
            "gitignore",
            "src/main/resources/META-INF/services/io.iedp.api.IedpPlugin",
            "src/test/java/ExperimentTest.java");
    private static final String EXPERIMENT = "experiment.yaml";
    private static final String PLUGIN = "src/main/java/__className__Plugin.java";
    private static final List<String> OWN = List.of(
            "src/main/java/__className__.java",
            "src/main/java/__className__Config.java",
            "src/main/java/__className__Factory.java",
            "src/test/java/__className__Test.java");

    public PluginProject {
        kinds = kinds.stream().distinct().toList();
    }

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

        private String template(String file) {
            return "kinds/%s/%s".formatted(label(), file);
        }
    }

    /**
     * @param name as in {@code acme/my-head}, or {@code my-head}, whose vendor is {@code example}
     * @throws UserException if the name cannot be that of a component
     */
    public static PluginProject of(String name, List<Kind> kinds, String version) {
        String[] parts = name.contains("/") ? name.split("/", -1) : new String[] {"example", name};
        if (parts.length != 2 || !parts[0].matches(WORDS) || !parts[1].matches(WORDS)) {
            throw new UserException(
                    "'%s' must be VENDOR/NAME or NAME, each of lower-case words joined by hyphens, as in acme/linear-probe"
                            .formatted(name));
        }
        return new PluginProject(parts[0], parts[1], kinds, version);
    }

    /** What templates have in place of names. */
    private Map<String, String> values(String className) {
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
                className,
                "type",
                vendor + "/" + name,
                "kind",
                kindsInWords(),
                "iedpVersion",
                version);
    }

    private String kindsInWords() {
        List<String> labels = kinds.stream().map(Kind::label).toList();
        int last = labels.size() - 1;
        return last == 0 ? labels.get(0) : String.join(", ", labels.subList(0, last)) + " and " + labels.get(last);
    }

    private String javaPackage() {
        return Stream.of(vendor, name)
                .map(part -> part.replace("-", ""))
                .map(part -> SourceVersion.isKeyword(part) ? part + "plugin" : part)
                .collect(Collectors.joining("."));
    }

    private String className() {
        return capitalized(name);
    }

    /** Of several kinds, each is told from the others by its class's name. */
    private String className(Kind kind) {
        return kinds.size() == 1 ? className() : className() + capitalized(kind.label());
    }

    private static String capitalized(String words) {
        return Arrays.stream(words.split("-"))
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
            if (!Folders.isFree(folder)) {
                throw new UserException("%s is there already and not empty; nothing was written".formatted(folder));
            }
            List<Path> written = new ArrayList<>();
            for (String file : COMMON) {
                written.add(write(folder, file, className(), filled(file, className())));
            }
            for (Kind kind : kinds) {
                for (String file : OWN) {
                    written.add(write(folder, file, className(kind), filled(kind.template(file), className(kind))));
                }
            }
            written.add(write(folder, EXPERIMENT, className(), experiment()));
            written.add(write(folder, PLUGIN, className(), plugin()));
            return written;
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** The experiment of the first kind, with the components of all. */
    private String experiment() throws IOException {
        String experiment = filled(kinds.get(0).template(EXPERIMENT), className());
        for (Kind kind : kinds.subList(1, kinds.size())) {
            experiment = YamlEntries.merged(
                    experiment, filled(kind.template(EXPERIMENT), className()), "\"%s/%s\"".formatted(vendor, name));
        }
        return experiment;
    }

    private String plugin() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Kind kind : kinds) {
            sources.add(filled(kind.template(PLUGIN), className(kind))
                    .replace("class " + className(kind) + "Plugin", "class " + className() + "Plugin"));
        }
        return JavaSource.merged(sources);
    }

    private Path write(Path folder, String file, String className, String content) throws IOException {
        String inPackage = file.replaceFirst(
                "^(src/(?:main|test)/java/)", "$1" + javaPackage().replace('.', '/') + "/");
        Path target =
                folder.resolve(inPackage.replace("__className__", className).replaceFirst("^gitignore$", ".gitignore"));
        Files.createDirectories(target.getParent());
        return Files.writeString(target, content);
    }

    private String filled(String template, String className) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream("project/" + template)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values(className).entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        }
    }
}
