package io.iedp.datasets.files;

import io.iedp.api.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists of pictures and depth maps as BTS, GLPDepth and VPD keep them: two paths a line, and what else there may be. */
final class DepthList {
    private DepthList() {}

    record Pair(String image, String depth) {}

    /** The pairs; pictures whose depth map is {@code None} are left out, as in the evaluations of the field. */
    static List<Pair> read(Path file) {
        List<Pair> pairs = new ArrayList<>();
        for (String line : Layout.names(file)) {
            String[] parts = line.split("\\s+");
            if (parts.length < 2) {
                throw wrong(file, line);
            }
            if (!parts[1].equals("None")) {
                Pair pair = new Pair(relative(parts[0]), relative(parts[1]));
                if (pair.image.isEmpty() || pair.depth.isEmpty()) {
                    throw wrong(file, line);
                }
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static UserException wrong(Path file, String line) {
        return new UserException("%s: '%s' is not a picture and its depth map".formatted(file, line));
    }

    /** Paths begin with a slash in some of the lists. */
    private static String relative(String path) {
        return path.replaceFirst("^/+", "");
    }

    static String withoutEnding(String path) {
        return path.replaceFirst("\\.[^./]*$", "");
    }
}
