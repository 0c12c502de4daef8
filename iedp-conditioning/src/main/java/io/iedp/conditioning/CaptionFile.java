package io.iedp.conditioning;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.iedp.api.UserException;
import io.iedp.io.file.TextFiles;
import io.iedp.nn.ConfigFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Captions by the names of pictures. */
final class CaptionFile {
    private static final String NAME = "name";
    private static final List<String> CAPTIONS = List.of("caption", "captions");
    private static final int ALIKE = 3;
    private static final Pattern ENDING = Pattern.compile("\\.(jpe?g|png|bmp|tiff?|webp)$", Pattern.CASE_INSENSITIVE);

    private final Path file;

    /** By the whole name as a sample has it: without ending, with underscores for slashes. */
    private final Map<String, String> whole = new HashMap<>();

    /**
     * The whole names by the hashes of their ends, at which paths may begin; nothing where several names have that end. The
     * ends themselves would take memory that grows with the square of a name.
     */
    private final Map<Long, Optional<String>> ends = new HashMap<>();

    private CaptionFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a JSON or a CSV file.
     *
     * @throws UserException if it is missing, damaged or of another form, or has two captions for one picture
     */
    static CaptionFile read(Path file) {
        CaptionFile captions = new CaptionFile(file);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            captions.readJson();
        } else if (name.endsWith(".csv")) {
            captions.readCsv();
        } else {
            throw new UserException("caption: %s must be a .json or a .csv file".formatted(file));
        }
        return captions;
    }

    /**
     * @param name of a sample: the picture's path in its folder or in a folder around it, with underscores for slashes
     */
    Optional<String> of(String name) {
        return Optional.ofNullable(whole.get(name))
                .or(() -> ends.getOrDefault(hash(name), Optional.empty())
                        .filter(each -> each.endsWith(name))
                        .map(whole::get));
    }

    private static long hash(String name) {
        long hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = hash(hash, name.charAt(i));
        }
        return hash;
    }

    /** From the hash of an end to that of an end with one letter more. */
    private static long hash(long hash, char letter) {
        return (hash + letter + 1) * 0x9e3779b97f4a7c15L;
    }

    private void put(String name, String caption) {
        String path = withoutEnd(withoutEnding(name).replace('\\', '/'));
        String joined = path.replace('/', '_');
        if (whole.put(joined, caption) != null) {
            throw new UserException("%s has two captions for '%s'".formatted(file, name));
        }
        long hash = 0;
        for (int i = path.length() - 1; i >= 0; i--) {
            if (path.charAt(i) == '/') {
                ends.merge(hash, Optional.of(joined), (one, other) -> Optional.empty());
            }
            hash = hash(hash, path.charAt(i) == '/' ? '_' : path.charAt(i));
        }
    }

    /** A picture's name as it may stand in a file of captions. */
    static String withoutEnding(String name) {
        return ENDING.matcher(name).replaceFirst("");
    }

    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private void readJson() {
        ConfigFile json = ConfigFile.read(file);
        json.json().entrySet().forEach(each -> put(each.getKey(), caption(json, each.getKey(), each.getValue())));
    }

    private static String caption(ConfigFile json, String name, JsonElement value) {
        JsonElement found = value;
        if (value instanceof JsonObject object) {
            found = CAPTIONS.stream()
                    .map(object::get)
                    .filter(each -> each != null)
                    .findFirst()
                    .orElse(value);
        }
        if (found instanceof JsonArray array && !array.isEmpty()) {
            found = array.get(0);
        }
        if (found instanceof JsonPrimitive text && text.isString()) {
            return text.getAsString();
        }
        throw json.wrong("'%s' must have a text, a list of texts, or an object with either as caption or captions"
                .formatted(name));
    }

    private void readCsv() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .build();
        try (CSVParser rows = CSVParser.parse(new StringReader(TextFiles.read(file)), format)) {
            List<String> columns = rows.getHeaderNames();
            List<String> wanted = List.of(NAME, CAPTIONS.get(0));
            if (!columns.containsAll(wanted)) {
                throw new UserException(
                        "%s must begin with a line that names its columns, with name and caption among them; it has %s"
                                .formatted(file, columns));
            }
            for (CSVRecord row : rows) {
                if (!row.isConsistent()) {
                    throw new UserException("%s: line %s has %s fields, not %s"
                            .formatted(file, rows.getCurrentLineNumber(), row.size(), columns.size()));
                }
                put(row.get(NAME), row.get(CAPTIONS.get(0)));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Why a picture has no caption. */
    String missing(String name) {
        List<String> alike = whole.keySet().stream()
                .filter(each -> each.endsWith("_" + name))
                .sorted()
                .limit(ALIKE)
                .toList();
        return alike.isEmpty()
                ? "%s has no caption for the picture '%s'".formatted(file, name)
                : "%s has several captions that may be for the picture '%s', such as those of %s"
                        .formatted(file, name, String.join(" and ", alike));
    }
}
