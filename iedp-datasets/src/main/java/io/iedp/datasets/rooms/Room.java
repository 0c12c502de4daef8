package io.iedp.datasets.rooms;

import java.util.List;

/**
 * A furnished room, as a camera in it sees it.
 *
 * @param kind what it is used for, in words
 * @param ambient light from everywhere, as a share of full brightness
 */
record Room(String kind, Shell shell, List<Furniture> furniture, List<Light> lights, double ambient, Camera camera) {
    /** No two points of a room are farther apart, in metres. */
    static final double LARGEST = 10;

    Room {
        furniture = List.copyOf(furniture);
        lights = List.copyOf(lights);
    }

    /** A thing in its place. */
    record Furniture(Piece piece, Pose place) {}

    /**
     * A lamp's light.
     *
     * @param size edge of the square that it shines from, in metres, which makes shadows soft
     * @param red, green, blue its strength near by
     */
    record Light(double x, double y, double z, double size, double red, double green, double blue) {}
}
