package io.iedp.pretraining;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The place of the next picture, after all that were there. */
    Path next() {
        last++;
        return folder.resolve(String.format(Locale.ROOT, "%04d.png", last));
    }
}
