package io.iedp.launcher.cli;

import io.iedp.io.text.ShellWord;
import io.iedp.launcher.run.Version;
import io.iedp.launcher.scaffold.PluginProject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iedp new-plugin}. */
@Command(name = "new-plugin", description = "Writes a Maven project for a plugin that builds and trains at once.")
final class NewPluginCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "The type of its components: VENDOR/NAME, or NAME for the vendor 'example'.")
    private String name;

    @Option(
            names = "--kind",
            required = true,
            split = ",",
            description =
                    "What it is: task, head, backbone, guidance, dataset, transform or hook; several, as in task,head, make one component of each.",
            paramLabel = "KIND")
    private List<PluginProject.Kind> kinds;

    @Option(names = "--to", paramLabel = "DIR", description = "The folder to write (default: NAME, in this folder).")
    private Path folder;

    @Override
    public void run() {
        PluginProject project = PluginProject.of(name, kinds, Version.own());
        Path to = folder == null ? Path.of(project.name()) : folder;
        project.write(to);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("The plugin is in %s. Go on with:%n", to);
        out.printf("  cd %s && mvn verify%n", ShellWord.quote(to.toString()));
        out.printf("  mvn -q test-compile exec:java -Dexec.args=\"train experiment.yaml\"%n");
        out.flush();
    }
}
