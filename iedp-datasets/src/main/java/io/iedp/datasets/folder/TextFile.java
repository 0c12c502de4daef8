package io.iedp.datasets.folder;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text in UTF-8, with or without a byte order mark. */
final class TextFile {
    private TextFile() {}

    static String read(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserException("%s is no text in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e), e);
        }
    }
}
