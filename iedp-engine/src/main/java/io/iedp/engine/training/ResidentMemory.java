package io.iedp.engine.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The physical memory that this process holds, as Linux counts it. */
final class ResidentMemory {
    private static final Path PAGES = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;

    private ResidentMemory() {}

    /** 0 on systems that do not tell. */
    static long mebibytes() {
        try {
            return Long.parseLong(Files.readString(PAGES).split(" ", 3)[1]) * PAGE >> 20;
        } catch (IOException e) {
            return 0;
        }
    }
}
