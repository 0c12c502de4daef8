package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds projects as third parties do: with the published artifacts alone. Those lie in a repository of the tests' own; what
 * others published is that of the user, seen through links.
 */
final class Maven {
    private static final Path REPOSITORY = Path.of(System.getProperty("iedp.repository"));
    private static final Path USERS = Path.of(System.getProperty("iedp.users-repository"));

    private Maven() {}

    /** Runs Maven in a folder and expects it to succeed. */
    static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(folder, command(arguments));
    }

    /** Runs Maven in a folder and expects it to fail. */
    static String failing(Path folder, String... arguments) throws IOException, InterruptedException {
        Outcome outcome = execute(folder, command(arguments));
        assertThat(outcome.code).as(outcome.output).isNotZero();
        return outcome.output;
    }

    /** Runs a command in a folder and expects it to succeed. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Outcome outcome = execute(folder, command);
        assertThat(outcome.code)
                .as("%s in %s:%n%s", String.join(" ", command), folder, outcome.output)
                .isZero();
        return outcome.output;
    }

    private record Outcome(int code, String output) {}

    private static List<String> command(String... arguments) throws IOException {
        link(USERS, REPOSITORY, "io");
        link(USERS.resolve("io"), REPOSITORY.resolve("io"), "iedp");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("iedp.maven"),
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + REPOSITORY));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Outcome execute(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("it", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        // What the outer build was given is not for the inner one.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_") && !name.equals("MAVEN_HOME"));
        int code = builder.start().waitFor();
        String output = Files.readString(log);
        Files.delete(log);
        return new Outcome(code, output);
    }

    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                Path link = to.resolve(entry.getFileName());
                if (!entry.getFileName().toString().equals(except) && Files.notExists(link)) {
                    Files.createSymbolicLink(link, entry.toAbsolutePath());
                }
            }
        }
    }

    /** Copies a project without what was built in it. */
    static Path copy(Path project, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Path relative = project.relativize(file);
                if (relative.startsWith("target") || relative.startsWith("runs")) {
                    continue;
                }
                Path copy = to.resolve(relative);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }
}
