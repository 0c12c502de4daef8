package io.iedp.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as it is distributed: the launcher and its libraries in one folder. */
final class Iedp {
    private static final Path LIBRARIES =
            Path.of("../iedp-launcher/target/lib").toAbsolutePath().normalize();

    private Iedp() {}

    /** Runs a command in a folder and expects it to succeed. */
    static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                LIBRARIES.resolve("*").toString(),
                "io.iedp.launcher.Main"));
        command.addAll(List.of(arguments));
        return Maven.run(folder, command);
    }
}
