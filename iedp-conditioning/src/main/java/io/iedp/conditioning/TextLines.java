package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.io.file.TextFiles;
import java.nio.file.Path;
import java.util.List;

/** Lists in text files, one entry a line. */
final class TextLines {
    private TextLines() {}

    /**
     * The lines that are not blank, without the space around them.
     *
     * @throws UserException if there is none
     */
    static List<String> read(Path file) {
        List<String> lines = TextFiles.lines(file);
        if (lines.isEmpty()) {
            throw new UserException("%s is empty; it must have one entry a line".formatted(file));
        }
        return lines;
    }
}
