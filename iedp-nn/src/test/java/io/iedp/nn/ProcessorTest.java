package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
    @TempDir
    private Path folder;

    @Test
    void theVendorIsThatOfTheFirstProcessor() throws IOException {
        Path description = folder.resolve("cpuinfo");
        Files.writeString(description, "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\n");

        assertThat(Processor.vendor(description))
                .hasValueSatisfying(line -> assertThat(line).endsWith("AuthenticAMD"));
        assertThat(Processor.vendor(folder.resolve("none"))).isEmpty();
    }
}
