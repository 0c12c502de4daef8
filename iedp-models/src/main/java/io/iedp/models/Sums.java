package io.iedp.models;

import io.iedp.io.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a model with their SHA-256, as {@code sha256sum} lists them.
 *
 * @param byPath hexadecimal digests by paths inside the model
 */
record Sums(Map<String, String> byPath) {
    static final String FILE = "SHA256SUMS";

    static Sums parse(String text) {
        Map<String, String> sums = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            String[] parts = line.split("  ", 2);
            sums.put(parts[1], parts[0]);
        });
        return new Sums(sums);
    }

    /** Tells these files from all others. */
    String digest() {
        return of(byPath.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}
