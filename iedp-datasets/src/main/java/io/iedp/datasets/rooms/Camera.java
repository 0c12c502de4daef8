package io.iedp.datasets.rooms;

import java.util.Optional;

/**
 * A pinhole camera.
 *
 * @param right, up, forward its axes, each of length 1
 * @param tangent of half the vertical field of view
 */
record Camera(Vec eye, Vec right, Vec up, Vec forward, double tangent) {
    /** Corners nearer than this are taken to be beside the picture, where no projection makes sense. */
    private static final double NEAR = 1e-3;

    /**
     * @param yaw to the right, in radians
     * @param pitch upwards, in radians
     * @param roll clockwise about the line of sight, in radians
     */
    static Camera of(Vec eye, double yaw, double pitch, double roll, double tangent) {
        double cosYaw = StrictMath.cos(yaw);
        double sinYaw = StrictMath.sin(yaw);
        double cosPitch = StrictMath.cos(pitch);
        double sinPitch = StrictMath.sin(pitch);
        double cosRoll = StrictMath.cos(roll);
        double sinRoll = StrictMath.sin(roll);
        Vec level = new Vec(cosYaw, 0, -sinYaw);
        Vec steep = new Vec(-sinPitch * sinYaw, cosPitch, -sinPitch * cosYaw);
        Vec none = new Vec(0, 0, 0);
        return new Camera(
                eye,
                none.plus(cosRoll, level).plus(-sinRoll, steep),
                none.plus(sinRoll, level).plus(cosRoll, steep),
                new Vec(cosPitch * sinYaw, sinPitch, cosPitch * cosYaw),
                tangent);
    }

    /** Looks at a point. */
    static Camera towards(Vec eye, Vec target, double roll, double tangent) {
        double toX = target.x() - eye.x();
        double toY = target.y() - eye.y();
        double toZ = target.z() - eye.z();
        return of(
                eye,
                StrictMath.atan2(toX, toZ),
                StrictMath.atan2(toY, Math.sqrt(toX * toX + toZ * toZ)),
                roll,
                tangent);
    }

    /**
     * The ray through a point of the picture; one length of its direction is one metre of depth.
     *
     * @param u from -aspect at the left to aspect at the right
     * @param v from -1 at the bottom to 1 at the top
     */
    Ray ray(double u, double v) {
        double across = u * tangent;
        double over = v * tangent;
        return new Ray(
                eye.x(),
                eye.y(),
                eye.z(),
                forward.x() + across * right.x() + over * up.x(),
                forward.y() + across * right.y() + over * up.y(),
                forward.z() + across * right.z() + over * up.z());
    }

    /** Where a thing may be in a picture of that size: anywhere when a part of it is not in front. */
    Window window(Room.Furniture furniture, int width, int height) {
        double left = width;
        double top = height;
        double rightmost = 0;
        double bottom = 0;
        for (int i = 0; i < 8; i++) {
            Optional<Point> corner =
                    project(furniture.place().toRoom(furniture.piece().bounds().corner(i)), width, height);
            if (corner.isEmpty()) {
                return new Window(0, 0, width, height);
            }
            left = Math.min(left, corner.get().x);
            rightmost = Math.max(rightmost, corner.get().x);
            top = Math.min(top, corner.get().y);
            bottom = Math.max(bottom, corner.get().y);
        }
        return new Window((int) left - 1, (int) top - 1, (int) rightmost + 2, (int) bottom + 2);
    }

    /** A place in a picture, in pixels from its upper left corner. */
    record Point(double x, double y) {}

    /** Where a point in space is seen; nothing if it is not in front. */
    Optional<Point> project(Vec point, int width, int height) {
        Vec from = point.plus(-1, eye);
        double depth = from.dot(forward);
        if (depth < NEAR) {
            return Optional.empty();
        }
        double scale = height / (2 * tangent * depth);
        return Optional.of(new Point(width / 2.0 + from.dot(right) * scale, height / 2.0 - from.dot(up) * scale));
    }

    /** Columns from {@code left} and rows from {@code top}, up to but without {@code right} and {@code bottom}. */
    record Window(int left, int top, int right, int bottom) {}
}
