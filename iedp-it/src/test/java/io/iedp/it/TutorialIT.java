package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, followed to the letter in an empty folder: its commands, and its changes of code. */
class TutorialIT {
    private static final Pattern STEP = Pattern.compile(
            "(?s)```sh\n(.*?)```" + "|`([^`\n]+)`, replace\n\n```java\n(.*?)```\n\nby\n\n```java\n(.*?)```");

    @TempDir
    private Path folder;

    @Test
    void worksToTheLetter() throws IOException, InterruptedException {
        Matcher step = STEP.matcher(Files.readString(Path.of("../docs/tutorial.md")));
        int commands = 0;
        while (step.find()) {
            if (step.group(1) == null) {
                replace(folder.resolve(step.group(2)), step.group(3), step.group(4));
                continue;
            }
            for (String command : step.group(1).lines().toList()) {
                run(List.of(command.split(" ")));
                commands++;
            }
        }

        assertThat(commands).isEqualTo(8);
        assertThat(folder.resolve("runs/far-away/index.html")).isNotEmptyFile();
    }

    private static void replace(Path file, String old, String by) throws IOException {
        String source = Files.readString(file);
        assertThat(source).containsOnlyOnce(old);
        Files.writeString(file, source.replace(old, by));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        String[] arguments = command.subList(1, command.size()).toArray(String[]::new);
        switch (command.get(0)) {
            case "cd" -> folder = folder.resolve(arguments[0]);
            case "mvn" -> Maven.run(folder, arguments);
            case "iedp" -> Iedp.run(folder, arguments);
            default -> throw new AssertionError("The tutorial runs " + Arrays.toString(arguments));
        }
    }
}
