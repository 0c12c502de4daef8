package io.iedp.launcher.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names that a mistyped one may have meant. */
public final class Suggestions {
    private static final int LIST = 16;

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
                        sorted.size() > LIST ? ", and %d more.".formatted(sorted.size() - LIST) : ".");
    }

    /** {@code did you mean 'x'?}, if there is a name that close. */
    static Optional<String> near(String wrong, Collection<String> names) {
        return nearest(wrong, names).map("did you mean '%s'?"::formatted);
    }

    /** The name that was meant, if one is close. */
    static Optional<String> nearest(String wrong, Collection<String> names) {
        return names.stream()
                .filter(name -> Math.abs(name.length() - wrong.length()) <= name.length())
                .filter(name -> distance(wrong, name) <= Math.max(1, Math.min(wrong.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> distance(wrong, name)));
    }

    /** Edits of one letter, or swaps of two neighbours, from one word to the other. */
    static int distance(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(edits[i - 1][j - 1] + same, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
