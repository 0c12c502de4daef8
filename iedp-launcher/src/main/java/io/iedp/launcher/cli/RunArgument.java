package io.iedp.launcher.cli;

import io.iedp.config.plugin.Catalog;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.RunNames;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A trained run, as a command is told it. */
final class RunArgument {
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The folder of the run, or the name of a model that comes with IEDP, as in rooms.")
    private String run;

    /**
     * The folder; that of a model is unpacked first.
     *
     * @throws io.iedp.api.UserException if it is no run with a checkpoint
     */
    RunFolder open(Catalog catalog) {
        return RunNames.open(run, catalog);
    }

    /**
     * Where files that are made of the run go when nothing else is said: a folder in it, but not in one that was unpacked.
     *
     * @param name of the folder
     */
    Path inside(RunFolder folder, String name) {
        return RunNames.isUnpacked(run) ? Path.of(name) : folder.path().resolve(name);
    }
}
