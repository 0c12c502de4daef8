package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of the API that breaks plugins ends the build, unless it is declared. */
class ApiBreakIT {
    @TempDir
    private Path work;

    private String build() throws IOException, InterruptedException {
        return Maven.failing(work, "verify", "-DskipTests", "-Dspotless.check.skip=true");
    }

    private void change(String file, String old, String by) throws IOException {
        Maven.copy(Path.of("../iedp-api"), work);
        Maven.copy(Path.of("../.mvn"), work.resolve(".mvn"));
        Path sources = work.resolve("src/main/java/io/iedp/api");
        String source = Files.readString(sources.resolve(file));
        assertThat(source).containsOnlyOnce(old);
        Files.writeString(sources.resolve(file), source.replace(old, by));
    }

    @Test
    void aMethodMoreToImplementIsABreak() throws IOException, InterruptedException {
        change("task/Metrics.java", "    MetricReport report();", "    MetricReport report();\n\n    int another();");

        assertThat(build()).contains("io.iedp.api.task.Metrics.another():METHOD_ADDED_TO_INTERFACE");
    }

    @Test
    void aMethodLessToCallIsABreak() throws IOException, InterruptedException {
        change("nn/Kernels.java", "NDArray quickGelu(", "NDArray fastGelu(");

        assertThat(build()).contains("io.iedp.api.nn.Kernels.quickGelu(ai.djl.ndarray.NDArray):METHOD_REMOVED");
    }
}
