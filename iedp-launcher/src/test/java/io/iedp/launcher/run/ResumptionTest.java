package io.iedp.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.engine.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumptionTest {
    @Test
    void theCommandThatGoesOnHasWhatTheRunNeeds() {
        RunFolder run = new RunFolder(Path.of("my runs/micro"));

        assertThat(Resumption.command(run, List.of(), false)).endsWith(" train --resume='my runs/micro'");
        assertThat(Resumption.command(run, List.of(Path.of("/a b.jar"), Path.of("/c")), true))
                .endsWith(" train --plugin-path='/a b.jar' --plugin-path=/c --skip-bad --resume='my runs/micro'");
    }
}
