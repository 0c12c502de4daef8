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
    void linuxNamesTheVendorInItsDescription() throws IOException {
        assertThat(Processor.isIntel(described("GenuineIntel", "Intel(R) Xeon(R) Processor"), ""))
                .isTrue();
        assertThat(Processor.isIntel(described("AuthenticAMD", "AMD EPYC"), "")).isFalse();
        assertThat(Processor.isIntel(described("AuthenticAMD", "not GenuineIntel"), ""))
                .isFalse();
    }

    @Test
    void windowsNamesTheVendorInItsIdentifier() {
        Path none = folder.resolve("none");
        assertThat(Processor.isIntel(none, "Intel64 Family 6 Model 143 Stepping 8, GenuineIntel"))
                .isTrue();
        assertThat(Processor.isIntel(none, "AMD64 Family 25 Model 1 Stepping 1, AuthenticAMD"))
                .isFalse();
        assertThat(Processor.isIntel(none, "")).isFalse();
    }

    private Path described(String vendor, String model) throws IOException {
        Path file = folder.resolve("cpuinfo");
        return Files.writeString(file, "processor\t: 0\nvendor_id\t: %s\nmodel name\t: %s\n".formatted(vendor, model));
    }
}
