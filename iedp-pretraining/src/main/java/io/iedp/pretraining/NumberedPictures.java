package io.iedp.pretraining;

import io.iedp.api.UserException;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.text.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of pictures that are called {@code 0001.png} and so on, none of which is written twice. */
final class NumberedPictures {
    private static final Pattern NAME = Pattern.compile("(\\d{4,9})\\.png");

    private final Path folder;
    private int last;

    private NumberedPictures(Path folder, int last) {
        this.folder = folder;
        this.last = last;
    }

    /** The folder, made if it is not there. */
    static NumberedPictures in(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                return new NumberedPictures(
                        folder,
                        files.map(file -> NAME.matcher(file.getFileName().toString()))
                                .filter(Matcher::matches)
                                .mapToInt(name -> Integer.parseInt(name.group(1)))
                                .max()
                                .orElse(0));
            }
        } catch (IOException e) {
            throw new UserException("%s cannot be a folder for pictures: %s".formatted(folder, e), e);
        }
    }

    /**
     * Adds a row to {@code captions.csv}, a table of names and captions.
     *
     * @param picture of this folder
     */
    void caption(Path picture, String text) {
        Path file = folder.resolve("captions.csv");
        try {
            String rows = Files.exists(file) ? Files.readString(file) : Csv.line(List.of("name", "caption"));
            String name = picture.getFileName().toString().replaceFirst("\\.png$", "");
            AtomicFiles.write(file, rows + Csv.line(List.of(name, text)));
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e), e);
        }
    }

    /** The place of the next picture, after all that were there. */
    Path next() {
        last++;
        return folder.resolve(String.format(Locale.ROOT, "%04d.png", last));
    }
}
