package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.io.file.UserPath;
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
    /** What file systems take for more than itself, beside the star. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\\\[\\]{}?]");

    private static final int MOST = 1_000_000;

    private ShardNames() {}

    /**
     * @throws UserException naming the archives that are not there
     */
    static List<Path> expand(List<String> names) {
        List<Path> files = names.stream()
                .flatMap(name -> ranges(name).stream())
                .flatMap(name -> stars(name).stream())
                .toList();
        List<Path> missing =
                files.stream().filter(file -> !Files.isRegularFile(file)).toList();
        if (!missing.isEmpty()) {
            throw new UserException("There is no archive %s%s"
                    .formatted(
                            missing.get(0), missing.size() > 1 ? ", nor %s others".formatted(missing.size() - 1) : ""));
        }
        return files;
    }

    private static List<String> ranges(String name) {
        Matcher range = RANGE.matcher(name);
        if (!range.find()) {
            return List.of(name);
        }
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        if (first > last || last - first >= MOST) {
            throw new UserException("shards: %s in %s must go from the smaller to the larger number, and at most %s on"
                    .formatted(range.group(), name, MOST));
        }
        String digits = "%0" + range.group(1).length() + "d";
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> name.substring(0, range.start())
                        + String.format(Locale.ROOT, digits, number)
                        + name.substring(range.end()))
                .flatMap(each -> ranges(each).stream())
                .toList();
    }

    private static List<Path> stars(String name) {
        Path path = UserPath.of(name);
        String pattern = path.getFileName().toString();
        if (!pattern.contains("*")) {
            return List.of(path);
        }
        Path folder = path.toAbsolutePath().getParent();
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, SPECIAL.matcher(pattern).replaceAll("\\\\$0"))) {
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
