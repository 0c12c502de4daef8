package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.io.file.UserPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Pictures as a command is told them: files, folders with their pictures, and patterns that a shell left as they are. */
final class ImageArguments {
    private static final Pattern PICTURE =
            Pattern.compile("\\.(jpe?g|png|webp|tiff?|bmp|gif)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    private ImageArguments() {}

    /**
     * The files, each argument's in the order of their names. What is neither a folder nor a pattern is taken as it is.
     *
     * @throws UserException if a folder has no pictures, or a pattern matches none
     */
    static List<Path> expand(List<String> arguments) {
        return arguments.stream().flatMap(each -> expand(each).stream()).toList();
    }

    private static List<Path> expand(String argument) {
        Path path = UserPath.of(argument);
        if (Files.isDirectory(path)) {
            return found(
                    walk(path, 1, file -> PICTURE.matcher(file.toString()).find()), "%s has no pictures", argument);
        }
        return Files.exists(path) || !WILD.matcher(argument).find()
                ? List.of(path)
                : found(matching(argument), "no picture matches %s", argument);
    }

    /** As a shell does it: a star stands for letters of one name, two for folders of any depth. */
    private static List<Path> matching(String pattern) {
        String expanded = UserPath.expand(pattern);
        int wild = expanded.lastIndexOf('/', firstWild(expanded)) + 1;
        Path root = Path.of(expanded.substring(0, wild));
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + expanded);
            int depth = expanded.contains("**")
                    ? Integer.MAX_VALUE
                    : (int) expanded.substring(wild)
                                    .chars()
                                    .filter(c -> c == '/')
                                    .count()
                            + 1;
            return Files.isDirectory(root.toAbsolutePath()) ? walk(root, depth, matcher::matches) : List.of();
        } catch (PatternSyntaxException e) {
            throw new UserException("%s is no pattern of files: %s".formatted(pattern, e.getDescription()), e);
        }
    }

    private static int firstWild(String pattern) {
        Matcher wild = WILD.matcher(pattern);
        return wild.find() ? wild.start() : pattern.length();
    }

    private static List<Path> walk(Path folder, int depth, Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(wanted).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static List<Path> found(List<Path> files, String otherwise, String argument) {
        if (files.isEmpty()) {
            throw new UserException(otherwise.formatted(argument));
        }
        return files;
    }
}
