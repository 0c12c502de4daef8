package io.iedp.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of this machine's processor. Which kernel is fastest follows from it, so that two runs choose alike. */
final class Processor {
    private static final String INTEL = "GenuineIntel";

    private Processor() {}

    /** Whether Intel made it: MKL takes a slow way on all others. */
    static boolean isIntel() {
        return vendor(Path.of("/proc/cpuinfo"))
                .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
                .filter(vendor -> vendor.contains(INTEL))
                .isPresent();
    }

    /**
     * @param description of all processors, as Linux gives it; empty if there is none
     */
    static Optional<String> vendor(Path description) {
        try (Stream<String> lines = Files.lines(description)) {
            return lines.filter(line -> line.startsWith("vendor_id")).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
