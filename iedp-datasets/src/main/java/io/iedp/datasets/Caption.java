package io.iedp.datasets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a picture of a room shows. */
final class Caption {
    private static final String[] NUMBERS = {"no", "a", "two", "three", "four", "five", "six"};
    private static final double VISIBLE = 0.002;

    private Caption() {}

    /** As in {@code a bedroom with a bed, two chairs and a lamp}. */
    static String of(Room room, Renderer.Picture picture) {
        int[] pixels = new int[room.furniture().size()];
        for (int piece : picture.pieces()) {
            if (piece >= 0) {
                pixels[piece]++;
            }
        }
        Map<Thing, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] >= VISIBLE * picture.pieces().length) {
                seen.merge(room.furniture().get(i).thing(), 1, Integer::sum);
            }
        }
        List<String> words = new ArrayList<>();
        seen.forEach((thing, count) -> words.add("%s %s"
                .formatted(
                        count < NUMBERS.length ? NUMBERS[count] : "many",
                        count == 1 ? thing.word() : plural(thing.word()))));
        String place = (room.kind().matches("[aeiou].*") ? "an " : "a ") + room.kind();
        if (words.isEmpty()) {
            return "an empty part of " + place;
        }
        String last = words.remove(words.size() - 1);
        return place + " with " + (words.isEmpty() ? last : String.join(", ", words) + " and " + last);
    }

    private static String plural(String word) {
        return word.endsWith("shelf") ? word.substring(0, word.length() - 1) + "ves" : word + "s";
    }
}
