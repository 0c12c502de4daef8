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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /**
     * Numbers in a name.
     *
     * @param before what stands between them and those before
     */
    private record Range(String before, int first, int last, int digits) {
        int size() {
            return last - first + 1;
        }

        Stream<String> parts() {
            return IntStream.rangeClosed(first, last).mapToObj(number -> {
                String plain = Integer.toString(number);
                return before + "0".repeat(Math.max(0, digits - plain.length())) + plain;
            });
        }
    }

    private static List<String> ranges(String name) {
        Matcher matcher = RANGE.matcher(name);
        List<Range> ranges = new ArrayList<>();
        long count = 1;
        int end = 0;
        while (matcher.find()) {
            Range range = range(matcher, name.substring(end, matcher.start()), name);
            ranges.add(range);
            count *= range.size();
            if (count > MOST || count * name.length() > MOST_LETTERS) {
                throw tooMany(name);
            }
            end = matcher.end();
        }
        List<String> names = List.of("");
        for (Range range : ranges) {
            names = names.stream()
                    .flatMap(each -> range.parts().map(part -> each + part))
                    .toList();
        }
        String rest = name.substring(end);
        return names.stream().map(each -> each + rest).toList();
    }

    private static Range range(Matcher matcher, String before, String name) {
        int first = Integer.parseInt(matcher.group(1));
        int last = Integer.parseInt(matcher.group(2));
        if (first > last || last - first >= MOST) {
            throw new UserException("shards: %s in %s must go from the smaller to the larger number, and at most %s on"
                    .formatted(matcher.group(), name, MOST));
        }
        return new Range(before, first, last, matcher.group(1).length());
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
