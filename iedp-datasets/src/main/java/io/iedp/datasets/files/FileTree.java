package io.iedp.datasets.files;

import io.iedp.api.UserException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files below a folder by their names, which are their paths inside of it, joined by slashes, without ending. */
final class FileTree {
    private FileTree() {}

    /**
     * Lists the files with one of these endings, whatever their case. Hidden files are passed over, links followed;
     * a link that leads nowhere counts as the file that it should lead to.
     *
     * @throws UserException if there is no such folder, or two files have one name
     */
    static SortedMap<String, Path> list(Path folder, List<String> endings, String what) {
        if (!Files.isDirectory(folder)) {
            throw new UserException("There is no folder %s of %s".formatted(folder, what));
        }
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.find(
                folder,
                Integer.MAX_VALUE,
                (file, attributes) -> isFile(attributes) && !isHidden(folder.relativize(file)),
                FileVisitOption.FOLLOW_LINKS)) {
            all.forEach(file -> add(files, folder, file, endings));
            return files;
        } catch (IOException e) {
            throw unreadable(folder, e);
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        }
    }

    private static void add(SortedMap<String, Path> files, Path folder, Path file, List<String> endings) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        String lower = path.toLowerCase(Locale.ROOT);
        for (String ending : endings) {
            if (lower.endsWith(ending.toLowerCase(Locale.ROOT))) {
                Path other = files.put(path.substring(0, path.length() - ending.length()), file);
                if (other != null) {
                    throw new UserException("%s and %s have the same name. Remove or rename one of them."
                            .formatted(other, file.getFileName()));
                }
                return;
            }
        }
    }

    /** Of a link that can be followed, the attributes are those of where it leads. */
    private static boolean isFile(BasicFileAttributes attributes) {
        return attributes.isRegularFile() || attributes.isSymbolicLink();
    }

    private static boolean isHidden(Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    static UserException unreadable(Path folder, Exception e) {
        return new UserException("The folder %s cannot be read: %s".formatted(folder, e), e);
    }
}
