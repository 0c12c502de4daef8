package io.iedp.hub;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Compares the files of a snapshot with their hashes. */
final class Verification {
    private Verification() {}

    /** What was found of a file. */
    enum Outcome {
        RIGHT("right"),
        DAMAGED("DAMAGED"),
        UNKNOWN("no hash known");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * @param path inside the snapshot
     */
    record Row(String path, long size, Outcome outcome) {}

    /**
     * @param hashes what the hub says the hash of a path is, asked for files that do not tell; the empty text if nobody knows
     * @throws UserException if a file cannot be read
     */
    static List<Row> of(Path snapshot, UnaryOperator<String> hashes) {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(snapshot)) {
            for (Path file :
                    walk.filter(each -> !Files.isDirectory(each)).sorted().toList()) {
                String path = snapshot.relativize(file).toString().replace('\\', '/');
                if (!Files.exists(file)) { // a link to a blob that has gone
                    rows.add(new Row(path, 0, Outcome.DAMAGED));
                    continue;
                }
                String hash = named(file).orElseGet(() -> hashes.apply(path));
                rows.add(new Row(path, Files.size(file), outcome(file, hash)));
            }
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(snapshot, e), e);
        }
        return rows;
    }

    private static Outcome outcome(Path file, String hash) throws IOException {
        if (!SafeNames.isHash(hash)) {
            return Outcome.UNKNOWN;
        }
        return ContentHash.of(file, hash).equals(hash) ? Outcome.RIGHT : Outcome.DAMAGED;
    }

    /** A link leads to a blob, whose name is its hash. */
    private static Optional<String> named(Path file) throws IOException {
        return Files.isSymbolicLink(file)
                ? Optional.of(file.toRealPath().getFileName().toString()).filter(SafeNames::isHash)
                : Optional.empty();
    }
}
