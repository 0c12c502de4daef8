package io.iedp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.engine.IedpModel;
import io.iedp.engine.MicroRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The measurement of {@link Load} with few requests; {@code -Diedp.load=10000} makes them more. */
class LoadTest {
    private static final int REQUESTS = Integer.getInteger("iedp.load", 48);

    /** The heap's moods, and much less than what a leak of a picture a request comes to. */
    private static final long ALLOWED_MEBIBYTES = 64;

    @TempDir
    private Path folder;

    @Test
    void manyConnectionsAreAnsweredWithoutAnErrorInTheSameMemory(TestReporter reporter) throws Exception {
        Path run = MicroRun.write(folder.resolve("micro"));
        try (IedpModel model = IedpModel.open(run)) {
            Load.Result result = Load.measure(REQUESTS, 4, model, ServeProcess.command(run));
            reporter.publishEntry("load", result.toString());

            assertThat(result.errors()).as(result.toString()).isZero();
            assertThat(result.requests()).isEqualTo(REQUESTS);
            assertThat(result.growth()).as(result.toString()).isLessThan(ALLOWED_MEBIBYTES);
        }
    }
}
