package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.io.file.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Classes as lines of text: a name each, and perhaps a colour, as in {@code wall, #9a9a8e}. */
final class ClassList {
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    private ClassList() {}

    /** The classes of a published data set. */
    static List<ClassInfo> published(String name) {
        return parse(TextFiles.resource(ClassList.class, name + ".txt"), name, 254);
    }

    /**
     * The classes of a data set of one's own: from the configuration, or from {@code classes.txt}.
     *
     * @param reduceZeroLabel whether one of the labels stands for nothing
     */
    static List<ClassInfo> of(List<String> names, Path file, boolean reduceZeroLabel) {
        int most = reduceZeroLabel ? 254 : 255;
        if (!names.isEmpty()) {
            return parse(names, "class-names", most);
        }
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    "The names of the classes are not known: set class-names, or write them into %s, one a line."
                            .formatted(file));
        }
        return parse(TextFiles.lines(file), file.toString(), most);
    }

    private static List<ClassInfo> parse(List<String> lines, String origin, int most) {
        List<ClassInfo> classes = new ArrayList<>();
        for (String line : lines) {
            classes.add(parse(line.strip(), classes.size() + 1, origin));
        }
        if (classes.isEmpty()) {
            throw new UserException("%s names no class".formatted(origin));
        }
        if (classes.size() > most) {
            throw new UserException("%s: there are %s classes, but 8-bit label maps can tell only %s apart"
                    .formatted(origin, classes.size(), most));
        }
        return classes;
    }

    private static ClassInfo parse(String line, int number, String origin) {
        if (line.isEmpty()) {
            throw new UserException("%s: a class has no name".formatted(origin));
        }
        int comma = line.lastIndexOf(',');
        String color = line.substring(comma + 1).strip();
        String name = line.substring(0, Math.max(0, comma)).strip();
        return name.isEmpty() || !COLOR.matcher(color).matches()
                ? new ClassInfo(line, color(number))
                : new ClassInfo(name, Integer.parseInt(color.substring(1), 16));
    }

    /** The colour map of PASCAL VOC: the bits of the number, dealt out to red, green and blue. */
    static int color(int number) {
        int color = 0;
        int rest = number;
        for (int bit = 7; rest > 0; bit--, rest >>= 3) {
            color |= (rest & 1) << (16 + bit) | (rest >> 1 & 1) << (8 + bit) | (rest >> 2 & 1) << bit;
        }
        return color;
    }
}
