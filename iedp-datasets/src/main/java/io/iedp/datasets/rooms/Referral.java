package io.iedp.datasets.rooms;

import io.iedp.api.data.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A phrase that fits one thing in a picture, as in {@code the sofa} or {@code the nearest chair}, with that thing's
 * pixels. Sides are not spoken of, so phrases hold in a mirror too.
 *
 * @param mask 1 where the thing is, 0 elsewhere
 */
record Referral(String phrase, Raster mask) {
    /** Things whose nearest points are not that many metres apart are not told by their distance. */
    private static final double APART = 0.3;

    /** Refers to one of the things that show enough to be named; in an empty part of a room, to a part of the room. */
    static Referral of(Room room, Renderer.Picture picture, Dice dice) {
        List<Seen> seen = seen(room, picture);
        List<Choice> choices = new ArrayList<>();
        seen.forEach(each -> addChoices(each, seen, picture.pieces().length, choices));
        return choices.isEmpty() ? ofShell(picture) : dice.oneOf(choices).of(picture);
    }

    /** A piece of furniture, with how much of it shows and its nearest point. */
    private record Seen(int piece, Thing thing, int pixels, double depth) {}

    private record Choice(String phrase, int piece) {
        Referral of(Renderer.Picture picture) {
            float[] mask = new float[picture.pieces().length];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = picture.pieces()[i] == piece ? 1 : 0;
            }
            return new Referral(phrase, mask(picture, mask));
        }
    }

    private static List<Seen> seen(Room room, Renderer.Picture picture) {
        int[] pixels = new int[room.furniture().size()];
        double[] depth = new double[pixels.length];
        Arrays.fill(depth, Double.POSITIVE_INFINITY);
        for (int i = 0; i < picture.pieces().length; i++) {
            int piece = picture.pieces()[i];
            if (piece >= 0) {
                pixels[piece]++;
                depth[piece] = Math.min(depth[piece], picture.depth().values()[i]);
            }
        }
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] > 0) {
                seen.add(new Seen(i, room.furniture().get(i).piece().thing(), pixels[i], depth[i]));
            }
        }
        return seen;
    }

    /** What of a thing shows too little to be named still makes a phrase about its like ambiguous. */
    private static void addChoices(Seen seen, List<Seen> all, int pixels, List<Choice> choices) {
        if (seen.pixels < Caption.VISIBLE * pixels) {
            return;
        }
        String word = seen.thing.word();
        List<Seen> others = all.stream()
                .filter(other -> other.thing == seen.thing && other.piece != seen.piece)
                .toList();
        if (others.isEmpty()) {
            choices.add(new Choice("the " + word, seen.piece));
        } else if (others.stream().allMatch(other -> other.depth > seen.depth + APART)) {
            choices.add(new Choice("the nearest " + word, seen.piece));
        } else if (others.stream().allMatch(other -> other.depth < seen.depth - APART)) {
            choices.add(new Choice("the farthest " + word, seen.piece));
        }
    }

    private static Referral ofShell(Renderer.Picture picture) {
        TreeMap<Thing, Integer> pixels = new TreeMap<>();
        for (int i = 0; i < picture.pieces().length; i++) {
            if (picture.pieces()[i] < 0) {
                pixels.merge(Thing.values()[(int) picture.labels().values()[i]], 1, Integer::sum);
            }
        }
        Thing largest = pixels.keySet().stream()
                .max(Comparator.comparing(pixels::get))
                .orElseThrow(() -> new IllegalStateException("No thing and no part of the room can be named"));
        float[] mask = new float[picture.pieces().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = picture.labels().values()[i] == largest.ordinal() ? 1 : 0;
        }
        return new Referral("the " + largest.word(), mask(picture, mask));
    }

    private static Raster mask(Renderer.Picture picture, float[] values) {
        return Raster.labels(picture.labels().width(), picture.labels().height(), values);
    }
}
