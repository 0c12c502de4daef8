package io.iedp.datasets.rooms;

import java.util.ArrayList;
import java.util.List;

/**
 * A thing, made of several solids. It stands on the origin of its own axes, of which z points to its back.
 */
record Piece(Thing thing, List<Solid> solids, Bounds bounds) {
    Piece {
        solids = List.copyOf(solids);
    }

    static Builder of(Thing thing) {
        return new Builder(thing);
    }

    static final class Builder {
        private final Thing thing;
        private final List<Solid> solids = new ArrayList<>();

        private Builder(Thing thing) {
            this.thing = thing;
        }

        /** A box around (x, y, z) of full sizes sx, sy, sz. */
        Builder box(double x, double y, double z, double sx, double sy, double sz, Material material) {
            solids.add(new Block(x, y, z, sx / 2, sy / 2, sz / 2, material));
            return this;
        }

        Builder ball(double x, double y, double z, double radius, Material material) {
            solids.add(new Ball(x, y, z, radius, material));
            return this;
        }

        /** An upright cylinder around (x, y, z). */
        Builder drum(double x, double y, double z, double radius, double height, Material material) {
            return cone(x, y, z, radius, radius, height, material);
        }

        /** An upright cone without its tip around (x, y, z). */
        Builder cone(double x, double y, double z, double bottom, double top, double height, Material material) {
            solids.add(new Drum(x, y, z, height / 2, bottom, top, material));
            return this;
        }

        /** Four legs below the corners of a rectangle. */
        Builder legs(double width, double depth, double height, double thick, Material material) {
            for (int side = -1; side <= 1; side += 2) {
                for (int end = -1; end <= 1; end += 2) {
                    box(side * width / 2, height / 2, end * depth / 2, thick, height, thick, material);
                }
            }
            return this;
        }

        Piece done() {
            return new Piece(thing, solids, Bounds.of(solids));
        }
    }
}
