package io.iedp.config;

import io.iedp.io.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names that a mistyped one may have meant. */
public final class Suggestions {
    /** What brings names that nothing installed has. */
    static final String PLUGIN = "--plugin-path=PATH loads a plugin that is not installed.";

    private static final int LIST = 16;

    /** Names that are compared. */
    private static final int MOST = 1000;

    private Suggestions() {}

    /** {@code did you mean 'x'?}, or the names that there are. */
    public static String of(String wrong, Collection<String> names) {
        Optional<String> near = near(wrong, names);
        if (near.isPresent()) {
            return near.get();
        }
        if (names.isEmpty()) {
            return "there are none.";
        }
        List<String> sorted = names.stream().sorted().toList();
        return "there %s %s%s"
                .formatted(
                        sorted.size() == 1 ? "is" : "are",
                        sorted.stream().limit(LIST).collect(Collectors.joining(", ")),
                        sorted.size() > LIST ? ", and %s more.".formatted(sorted.size() - LIST) : ".");
    }

    /** {@code did you mean 'x'?}, if there is a name that close. */
    static Optional<String> near(String wrong, Collection<String> names) {
        return nearest(wrong, names).map("did you mean '%s'?"::formatted);
    }

    /** The name that was meant, if one is close. */
    static Optional<String> nearest(String wrong, Collection<String> names) {
        return names.stream()
                .limit(MOST)
                .filter(name -> Math.abs(name.length() - wrong.length()) <= name.length())
                .filter(name ->
                        EditDistance.between(wrong, name) <= Math.max(1, Math.min(wrong.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> EditDistance.between(wrong, name)));
    }
}
