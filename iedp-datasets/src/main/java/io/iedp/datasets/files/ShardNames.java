package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.io.file.UserPath;
import io.iedp.io.text.Wildcards;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The files that names with ranges and stars stand for. */
final class ShardNames {
    private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
    private static final int MOST = 1_000_000;

    /** Missing archives that are counted. */
    private static final int COUNTED = 1000;

    private static final long MOST_LETTERS = 200_000_000;

    private ShardNames() {}

    /**
     * @throws UserException naming the archives that are not there
     */
    static List<Path> expand(List<String> names) {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            List<String> plain = ranges(name);
            if (plain.size() > MOST - files.size()) {
                throw tooMany(name);
            }
            plain.forEach(each -> files.addAll(stars(each)));
        }
        List<Path> missing = files.stream()
                .filter(file -> !Files.isRegularFile(file))
                .limit(COUNTED)
                .toList();
        if (!missing.isEmpty()) {
            throw new UserException("There is no archive %s%s%s"
                    .formatted(
                            missing.get(0),
                            missing.size() > 1 ? ", nor %s others".formatted(missing.size() - 1) : "",
                            missing.size() == COUNTED ? " or more" : ""));
        }
        return files;
    }

    private static List<String> ranges(String name) {
        Matcher range = RANGE.matcher(name);
        List<String> names = List.of("");
        int end = 0;
        while (range.find()) {
            String before = name.substring(end, range.start());
            List<String> numbers = numbers(range.group(1), Integer.parseInt(range.group(2)), range.group(), name);
            long count = (long) names.size() * numbers.size();
            if (count > MOST || count * name.length() > MOST_LETTERS) {
                throw tooMany(name);
            }
            names = names.stream()
                    .flatMap(each -> numbers.stream().map(number -> each + before + number))
                    .toList();
            end = range.end();
        }
        String rest = name.substring(end);
        return names.stream().map(each -> each + rest).toList();
    }

    private static List<String> numbers(String from, int last, String range, String name) {
        int first = Integer.parseInt(from);
        if (first > last || last - first >= MOST) {
            throw new UserException("shards: %s in %s must go from the smaller to the larger number, and at most %s on"
                    .formatted(range, name, MOST));
        }
        String digits = "%0" + from.length() + "d";
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> String.format(Locale.ROOT, digits, number))
                .toList();
    }

    private static UserException tooMany(String name) {
        return new UserException("shards: with %s, there are more than %s archives".formatted(name, MOST));
    }

    private static List<Path> stars(String name) {
        Path path = FileNames.in(Path.of(""), UserPath.expand(name), "shards");
        String pattern = path.getFileName().toString();
        if (!pattern.contains("*")) {
            return List.of(path);
        }
        Path folder = path.toAbsolutePath().getParent();
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> Wildcards.matches(pattern, file.getFileName().toString()))) {
            files.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            throw FileTree.unreadable(folder, e);
        }
        if (found.isEmpty()) {
            throw new UserException("shards: there is no file %s".formatted(name));
        }
        return found.stream().sorted().toList();
    }
}
