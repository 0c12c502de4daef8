package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects that IEDP writes for others. */
class NewPluginIT {
    private static final List<String> KINDS =
            List.of("task", "head", "backbone", "guidance", "dataset", "transform", "hook");

    @TempDir
    private Path work;

    /** Each is held to its contract and trained by its own tests, which one project with all kinds has, too: there they run. */
    @Test
    void everyKindBuildsTrainsAndCanBeInstalled() throws IOException, InterruptedException {
        StringBuilder modules = new StringBuilder();
        for (String kind : KINDS) {
            assertThat(Iedp.run(work, "new-plugin", "acme/my-" + kind, "--kind", kind))
                    .contains("cd my-%s && mvn verify".formatted(kind));
            modules.append("<module>my-%s</module>".formatted(kind));
        }
        Iedp.run(work, "new-plugin", "acme/my-all", "--kind", String.join(",", KINDS));
        modules.append("<module>my-all</module>");
        Files.writeString(work.resolve("pom.xml"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>all</groupId><artifactId>all</artifactId>
                <version>1</version><packaging>pom</packaging><modules>%s</modules></project>
                """.formatted(modules));

        Maven.run(work, "verify", "-DskipTests", "-pl", "!my-all");
        Maven.run(work, "verify", "-pl", "my-all");

        for (String kind : KINDS) {
            String jar = "my-%s/target/my-%s-1.0-SNAPSHOT.jar".formatted(kind, kind);
            assertThat(Iedp.run(work, "plugins", "check", jar))
                    .contains("%s acme/my-%s: ".formatted(kind, kind), "can be installed");
        }
        assertThat(Iedp.run(work, "plugins", "check", "my-all/target/my-all-1.0-SNAPSHOT.jar"))
                .contains(KINDS.stream().map(kind -> kind + " acme/my-all: ").toList());
    }

    @Test
    void theArchetypeWritesTheSame() throws IOException, InterruptedException {
        Path archetype = Files.createDirectories(work.resolve("archetype"));
        for (String kind : KINDS) {
            Iedp.run(work, "new-plugin", "acme/my-" + kind, "--kind", kind);
            Maven.run(
                    archetype,
                    "org.apache.maven.plugins:maven-archetype-plugin:3.4.0:generate",
                    "-DinteractiveMode=false",
                    "-DarchetypeGroupId=io.iedp",
                    "-DarchetypeArtifactId=iedp-archetype",
                    "-DarchetypeVersion=" + System.getProperty("iedp.version"),
                    "-DgroupId=acme",
                    "-DartifactId=my-" + kind,
                    "-Dversion=1.0-SNAPSHOT",
                    "-Dpackage=acme.my" + kind,
                    "-Dtype=acme/my-" + kind,
                    "-DclassName=My" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1),
                    "-Dkind=" + kind);

            assertThat(files(archetype.resolve("my-" + kind))).isEqualTo(files(work.resolve("my-" + kind)));
        }
    }

    private static Map<String, String> files(Path project) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(project)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(
                        project.relativize(file).toString(),
                        Files.readString(file).replace("\r", ""));
            }
        }
        return files;
    }
}
