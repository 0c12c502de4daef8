package io.iedp.verify.command;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import java.nio.file.Path;
import java.util.List;

/** The settings of {@code iedp verify}. */
public record VerifyConfig(
        @Positional("DIR") @Doc("Folders of cases, or folders with such folders in them.")
        List<Path> folders,

        @Doc("Show every array of every case, not the worst only.") @Default("false")
        boolean arrays) {}
