package io.iedp.datasets.rooms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says what a picture of a room shows: what takes up most of it comes first. */
final class Caption {
    /** What takes up a smaller share of the picture is not worth a word. */
    static final double VISIBLE = 0.002;

    private static final String[] NUMBERS = {"no", "a", "two", "three", "four", "five", "six"};

    private Caption() {}

    /** As in {@code a bedroom with a bed, two chairs and a lamp}. */
    static String of(Room room, Renderer.Picture picture) {
        int[] pixels = new int[room.furniture().size()];
        for (int piece : picture.pieces()) {
            if (piece >= 0) {
                pixels[piece]++;
            }
        }
        Map<Thing, Integer> counts = new EnumMap<>(Thing.class);
        Map<Thing, Integer> sizes = new EnumMap<>(Thing.class);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] >= VISIBLE * picture.pieces().length) {
                Thing thing = room.furniture().get(i).piece().thing();
                counts.merge(thing, 1, Integer::sum);
                sizes.merge(thing, pixels[i], Integer::sum);
            }
        }
        List<String> words = new ArrayList<>(counts.keySet().stream()
                .sorted(Comparator.comparing(sizes::get).reversed())
                .map(thing -> words(counts.get(thing), thing.word()))
                .toList());
        String place = (room.kind().matches("[aeiou].*") ? "an " : "a ") + room.kind();
        if (words.isEmpty()) {
            return "an empty part of " + place;
        }
        String last = words.remove(words.size() - 1);
        return place + " with " + (words.isEmpty() ? last : String.join(", ", words) + " and " + last);
    }

    private static String words(int count, String word) {
        String number = count < NUMBERS.length ? NUMBERS[count] : "many";
        return number + " " + (count == 1 ? word : plural(word));
    }

    private static String plural(String word) {
        return word.endsWith("shelf") ? word.substring(0, word.length() - 1) + "ves" : word + "s";
    }
}
