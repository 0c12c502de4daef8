package io.iedp.datasets;

import java.util.List;

/**
 * A furnished room: a box from (0, 0, 0) to (width, height, depth) in metres.
 *
 * @param kind what it is used for, in words
 * @param shell materials of floor, ceiling, and the walls left, right, back and front
 * @param lamp where the light comes from
 */
record Room(
        String kind,
        double width,
        double height,
        double depth,
        Shell shell,
        List<Furniture> furniture,
        Camera camera,
        Ray lamp) {
    /** No two points of a room are farther apart, in metres. */
    static final double LARGEST = 12;

    Room {
        furniture = List.copyOf(furniture);
    }

    /** Materials of the room itself. */
    record Shell(Material floor, Material ceiling, Material walls) {}

    /**
     * One thing made of several solids, with a sphere around it.
     */
    record Furniture(Thing thing, List<Solid> solids, double x, double y, double z, double reach) {
        Furniture {
            solids = List.copyOf(solids);
        }

        /** Whether the ray could meet it at all. */
        boolean near(Ray ray) {
            double px = x - ray.ox();
            double py = y - ray.oy();
            double pz = z - ray.oz();
            double a = ray.dx() * ray.dx() + ray.dy() * ray.dy() + ray.dz() * ray.dz();
            double along = px * ray.dx() + py * ray.dy() + pz * ray.dz();
            return px * px + py * py + pz * pz - along * along / a <= reach * reach;
        }
    }

    /**
     * A pinhole camera.
     *
     * @param yaw to the right, in radians
     * @param pitch upwards, in radians
     * @param tangent of half the vertical field of view
     */
    record Camera(double x, double y, double z, double yaw, double pitch, double tangent) {
        /**
         * The ray through a point of the picture; one length of its direction is one metre of depth.
         *
         * @param u from -aspect at the left to aspect at the right
         * @param v from -1 at the bottom to 1 at the top
         */
        Ray ray(double u, double v) {
            double cosPitch = StrictMath.cos(pitch);
            double sinPitch = StrictMath.sin(pitch);
            double cosYaw = StrictMath.cos(yaw);
            double sinYaw = StrictMath.sin(yaw);
            double right = u * tangent;
            double up = v * tangent;
            double dy = up * cosPitch + sinPitch;
            double forward = cosPitch - up * sinPitch;
            return new Ray(x, y, z, right * cosYaw + forward * sinYaw, dy, forward * cosYaw - right * sinYaw);
        }
    }

    /** Distance to the inside of the room, from within. */
    double distance(Ray ray) {
        return Math.min(
                exit(ray.ox(), ray.dx(), width),
                Math.min(exit(ray.oy(), ray.dy(), height), exit(ray.oz(), ray.dz(), depth)));
    }

    private static double exit(double from, double direction, double size) {
        return direction > 0 ? (size - from) / direction : direction < 0 ? -from / direction : Ray.NOWHERE;
    }

    Thing thing(Ray ray, double distance) {
        double y = ray.y(distance);
        return y < 1e-6 ? Thing.FLOOR : y > height - 1e-6 ? Thing.CEILING : Thing.WALL;
    }

    Solid.Surface surface(Ray ray, double distance) {
        double x = ray.x(distance);
        double y = ray.y(distance);
        double z = ray.z(distance);
        if (y < 1e-6) {
            return new Solid.Surface(0, 1, 0, x, z, shell.floor);
        }
        if (y > height - 1e-6) {
            return new Solid.Surface(0, -1, 0, x, z, shell.ceiling);
        }
        if (x < 1e-6 || x > width - 1e-6) {
            return new Solid.Surface(x < 1 ? 1 : -1, 0, 0, z, y, shell.walls);
        }
        return new Solid.Surface(0, 0, z < 1 ? 1 : -1, x, y, shell.walls);
    }
}
