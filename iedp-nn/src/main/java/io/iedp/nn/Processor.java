package io.iedp.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is known of this machine's processor. Which kernel is fastest follows from it, so that two runs choose alike. */
final class Processor {
    private static final String INTEL = "GenuineIntel";

    private Processor() {}

    /** Whether Intel made it: MKL takes a slow way on all others. */
    static boolean isIntel() {
        return isIntel(Path.of("/proc/cpuinfo"), System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", ""));
    }

    /**
     * @param description of all processors, as Linux gives it; other systems have none
     * @param identifier as Windows gives it, or empty
     */
    static boolean isIntel(Path description, String identifier) {
        try (Stream<String> lines = Files.lines(description)) {
            return lines.anyMatch(line -> line.startsWith("vendor_id") && line.endsWith(INTEL));
        } catch (IOException e) {
            return identifier.contains(INTEL);
        }
    }
}
