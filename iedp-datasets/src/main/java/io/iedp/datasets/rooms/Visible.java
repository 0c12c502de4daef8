package io.iedp.datasets.rooms;

import io.iedp.api.data.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A class that takes up enough of a picture to be named.
 *
 * @param count of its pieces that show enough to be counted; 1 for a part of the room itself
 * @param share of the picture, 0 to 1
 * @param color if there is a word for it
 * @param near classes of which something stands next to something of this one
 */
record Visible(Thing thing, int count, double share, Optional<ColorWord> color, Set<Thing> near) {
    /** 25 pixels of 96 x 64. */
    static final double LEAST = 0.004;

    /** Things are next to each other when no more than that many metres lie between them. */
    private static final double NEXT = 0.35;

    private static final double FLOOR_LEVEL = 0.1;
    private static final Set<Thing> COLORLESS = EnumSet.of(Thing.WINDOW, Thing.PICTURE, Thing.LAMP, Thing.PLANT);

    Visible {
        near = Set.copyOf(near);
    }

    /** The colour of some pixels of a picture, numbered row by row. */
    interface Coloring {
        Optional<ColorWord> of(RgbImage image, IntStream pixels);
    }

    /** All of them, in the order of the classes. */
    static List<Visible> in(Room room, Renderer.Picture picture, Coloring coloring) {
        float[] labels = picture.labels().values();
        int[] pixels = new int[Thing.values().length];
        for (float label : labels) {
            pixels[(int) label]++;
        }
        List<Room.Furniture> counted = counted(room, picture);
        List<Visible> visible = new ArrayList<>();
        for (Thing thing : Thing.values()) {
            double share = pixels[thing.ordinal()] / (double) labels.length;
            if (share >= LEAST) {
                visible.add(new Visible(
                        thing, count(thing, counted), share, color(thing, picture, coloring), near(thing, counted)));
            }
        }
        return visible;
    }

    private static List<Room.Furniture> counted(Room room, Renderer.Picture picture) {
        int[] pixels = new int[room.furniture().size()];
        Arrays.stream(picture.pieces()).filter(piece -> piece >= 0).forEach(piece -> pixels[piece]++);
        return IntStream.range(0, pixels.length)
                .filter(piece -> pixels[piece] >= Caption.VISIBLE * picture.pieces().length)
                .mapToObj(room.furniture()::get)
                .toList();
    }

    /** At least 1: parts too small to be counted may add up to enough to be named. */
    private static int count(Thing thing, List<Room.Furniture> counted) {
        return Math.max(1, (int)
                counted.stream().filter(each -> each.piece().thing() == thing).count());
    }

    private static Optional<ColorWord> color(Thing thing, Renderer.Picture picture, Coloring coloring) {
        float[] labels = picture.labels().values();
        return COLORLESS.contains(thing)
                ? Optional.empty()
                : coloring.of(
                        picture.image(),
                        IntStream.range(0, labels.length).filter(pixel -> labels[pixel] == thing.ordinal()));
    }

    private static Set<Thing> near(Thing thing, List<Room.Furniture> counted) {
        Set<Thing> near = EnumSet.noneOf(Thing.class);
        for (Room.Furniture one : counted) {
            for (Room.Furniture other : counted) {
                if (one.piece().thing() == thing && other.piece().thing() != thing && nextTo(one, other)) {
                    near.add(other.piece().thing());
                }
            }
        }
        return near;
    }

    private static boolean nextTo(Room.Furniture one, Room.Furniture other) {
        return stands(one) && stands(other) && distance(one, other) - radius(one) - radius(other) < NEXT;
    }

    private static boolean stands(Room.Furniture furniture) {
        return furniture.piece().thing() != Thing.RUG
                && furniture.piece().bounds().minY() < FLOOR_LEVEL;
    }

    private static double distance(Room.Furniture one, Room.Furniture other) {
        double x = one.place().x() - other.place().x();
        double z = one.place().z() - other.place().z();
        return Math.sqrt(x * x + z * z);
    }

    /** Half of its shorter side, so that what is far from a long thing's end is not next to it. */
    private static double radius(Room.Furniture furniture) {
        Bounds bounds = furniture.piece().bounds();
        return Math.min(bounds.maxX() - bounds.minX(), bounds.maxZ() - bounds.minZ()) / 2;
    }
}
