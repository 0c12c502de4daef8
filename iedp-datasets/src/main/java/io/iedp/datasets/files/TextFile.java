package io.iedp.datasets.files;

import io.iedp.api.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Text in UTF-8, with or without a byte order mark. */
final class TextFile {
    private TextFile() {}

    static String read(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserException("%s is no text in UTF-8".formatted(file), e);
        } catch (NoSuchFileException e) {
            throw new UserException("There is no file %s".formatted(file), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /** The lines that are not blank, without the space around them. */
    static List<String> lines(Path file) {
        return lines(read(file));
    }

    /** The same of a text that comes with this package. */
    static List<String> resource(String name) {
        try (InputStream stream = TextFile.class.getResourceAsStream(name)) {
            return lines(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
