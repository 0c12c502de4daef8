package io.iedp.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
public final class Folders {
    private Folders() {}

    /** Whether something could be made there and nothing be lost: nothing is there, or a folder with nothing in it. */
    public static boolean isFree(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return !Files.exists(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Deletes a folder and what is in it, or a file; without effect where there is none. Links are not followed. */
    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
