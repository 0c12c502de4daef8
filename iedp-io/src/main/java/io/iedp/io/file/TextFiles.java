package io.iedp.io.file;

import io.iedp.api.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads text in UTF-8, with or without a byte order mark. */
public final class TextFiles {
    /** Bytes of a file; the captions of three million pictures are shorter. */
    private static final int LARGEST = 512 << 20;

    /** Bytes of what is no file on a disk, such as a pipe, which may go on without end. */
    private static final int LARGEST_STREAM = 16 << 20;

    private TextFiles() {}

    /**
     * The text as a whole.
     *
     * @throws UserException if the file is missing, unreadable, absurdly large or not in UTF-8
     */
    public static String read(Path file) {
        try {
            String text = decoded(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new UserException("There is no file %s".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw new UserException("%s is no text in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static String decoded(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            require(Files.size(file) <= LARGEST, file, LARGEST);
            return Files.readString(file);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST_STREAM + 1);
            require(bytes.length <= LARGEST_STREAM, file, LARGEST_STREAM);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private static void require(boolean possible, Path file, int largest) {
        if (!possible) {
            throw new UserException(
                    "%s has more than %s MiB, which is absurd for a text".formatted(file, largest >> 20));
        }
    }

    /** The lines of {@link #read} that are not blank, without the space around them. */
    public static List<String> lines(Path file) {
        return lines(read(file));
    }

    /** The same of a text that comes with a class. */
    public static List<String> resource(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            return lines(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
