package io.iedp.datasets.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places in a room so that no thing is where another one is. Nothing stands in the part next to the near
 * wall, where the camera is, or hangs on that wall.
 */
final class FloorPlan {
    private static final int TRIES = 40;
    private static final double CAMERA_ZONE = 1.2;
    private static final double GAP = 0.04;

    /** Things lower than this may stand below what hangs on a wall. */
    private static final double LOW = 0.95;

    private final Dice dice;
    private final double width;
    private final double depth;
    private final List<Area> standing = new ArrayList<>();
    private final List<Area> hanging = new ArrayList<>();

    FloorPlan(Dice dice, double width, double depth) {
        this.dice = dice;
        this.width = width;
        this.depth = depth;
    }

    private record Area(double left, double near, double right, double far) {
        boolean meets(Area other) {
            return left < other.right + GAP
                    && other.left < right + GAP
                    && near < other.far + GAP
                    && other.near < far + GAP;
        }

        Area grown(double by) {
            return new Area(left - by, near - by, right + by, far + by);
        }
    }

    /** The walls that a camera sees, with the turn at which a thing has its back to them. */
    private enum Wall {
        LEFT(Math.PI / 2),
        RIGHT(-Math.PI / 2),
        FAR(0);

        private final double turn;

        Wall(double turn) {
            this.turn = turn;
        }
    }

    /** A place with the back to a wall. */
    Optional<Pose> againstWall(Piece piece) {
        for (int i = 0; i < TRIES; i++) {
            Pose place = atWall(piece);
            Area area = area(piece, place);
            boolean hides = piece.bounds().maxY() > LOW && hanging.stream().anyMatch(area::meets);
            if (!hides && take(area)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A place on a wall. */
    Optional<Pose> onWall(Piece piece) {
        for (int i = 0; i < TRIES; i++) {
            Pose place = atWall(piece);
            Area area = area(piece, place);
            if (inside(area) && hanging.stream().noneMatch(area::meets)) {
                hanging.add(area);
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A place on a wall that is kept clear. */
    Optional<Pose> inWall(Piece piece) {
        Optional<Pose> place = onWall(piece);
        place.ifPresent(found -> standing.add(area(piece, found)));
        return place;
    }

    private Pose atWall(Piece piece) {
        Wall wall = Wall.values()[dice.below(3)];
        double along = dice.between(0, 1);
        double side = CAMERA_ZONE + along * (depth - CAMERA_ZONE);
        double back = piece.bounds().maxZ() + 0.005;
        return switch (wall) {
            case LEFT -> Pose.of(back, side, wall.turn);
            case RIGHT -> Pose.of(width - back, side, wall.turn);
            case FAR -> Pose.of(along * width, depth - back, wall.turn);
        };
    }

    /** A place away from the walls, turned anyhow, with that much free floor around. */
    Optional<Pose> standing(Piece piece, double around) {
        for (int i = 0; i < TRIES; i++) {
            Pose place =
                    Pose.of(dice.between(0, width), dice.between(CAMERA_ZONE, depth), dice.between(-Math.PI, Math.PI));
            if (take(area(piece, place).grown(around))) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A place for what lies flat on the floor, below the others. */
    Optional<Pose> lying(Piece piece) {
        for (int i = 0; i < TRIES; i++) {
            Pose place =
                    Pose.of(dice.between(0.3, 0.7) * width, dice.between(0.4, 0.7) * depth, dice.between(-0.3, 0.3));
            if (inside(area(piece, place))) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private boolean take(Area area) {
        if (!inside(area) || standing.stream().anyMatch(area::meets)) {
            return false;
        }
        standing.add(area);
        return true;
    }

    private boolean inside(Area area) {
        return area.left >= 0 && area.right <= width && area.near >= CAMERA_ZONE && area.far <= depth;
    }

    private static Area area(Piece piece, Pose place) {
        Area area = new Area(Ray.NOWHERE, Ray.NOWHERE, -Ray.NOWHERE, -Ray.NOWHERE);
        for (int i = 0; i < 8; i++) {
            Vec corner = place.toRoom(piece.bounds().corner(i));
            area = new Area(
                    Math.min(area.left, corner.x()),
                    Math.min(area.near, corner.z()),
                    Math.max(area.right, corner.x()),
                    Math.max(area.far, corner.z()));
        }
        return area;
    }
}
