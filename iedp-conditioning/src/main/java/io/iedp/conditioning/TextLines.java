package io.iedp.conditioning;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Text files in UTF-8, with or without a byte order mark. */
final class TextLines {
    private TextLines() {}

    /** The text as a whole. */
    static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new UserException("There is no file %s".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw new UserException("%s is no text in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /**
     * The lines that are not blank, without the space around them.
     *
     * @throws UserException if there is none
     */
    static List<String> read(Path file) {
        List<String> lines = text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            throw new UserException("%s is empty; it must have one entry a line".formatted(file));
        }
        return lines;
    }
}
