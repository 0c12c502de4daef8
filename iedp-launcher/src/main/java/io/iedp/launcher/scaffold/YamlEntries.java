package io.iedp.launcher.scaffold;

import java.util.ArrayList;
import java.util.List;

/** Entries of block mappings in YAML text: the line of a key, and the deeper lines below it. */
final class YamlEntries {
    private YamlEntries() {}

    /**
     * A text in which the entries of another that have some words in their first line take the places of those of the same
     * keys; one whose key is new stands where it stands in the other text.
     */
    static String merged(String text, String other, String words) {
        List<String> merged = new ArrayList<>(text.lines().toList());
        List<String> from = other.lines().toList();
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).contains(words)) {
                List<String> entry = from.subList(i, end(from, i));
                int place = find(merged, from.get(i));
                if (place >= 0) {
                    merged.subList(place, end(merged, place)).clear();
                } else {
                    place = end(merged, find(merged, from.get(i - 1)));
                }
                merged.addAll(place, entry);
            }
        }
        return String.join("\n", merged) + "\n";
    }

    private static int find(List<String> lines, String like) {
        for (int i = 0; i < lines.size(); i++) {
            if (key(lines.get(i)).equals(key(like))) {
                return i;
            }
        }
        return -1;
    }

    /** With its indentation. */
    private static String key(String line) {
        return line.substring(0, line.indexOf(':') + 1);
    }

    private static int end(List<String> lines, int start) {
        int end = start + 1;
        while (end < lines.size() && indentation(lines.get(end)) > indentation(lines.get(start))) {
            end++;
        }
        return end;
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
