package io.iedp.datasets.rooms;

/** The inside of a room: a box from (0, 0, 0) to (width, height, depth) in metres. */
record Shell(double width, double height, double depth, Material floor, Material ceiling, Material walls) {
    private static final double ROUNDING = 1e-6;

    /** Distance to the inside, from within. */
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
        return y < ROUNDING ? Thing.FLOOR : y > height - ROUNDING ? Thing.CEILING : Thing.WALL;
    }

    Solid.Surface surface(Ray ray, double distance) {
        double x = ray.x(distance);
        double y = ray.y(distance);
        double z = ray.z(distance);
        if (y < ROUNDING) {
            return new Solid.Surface(0, 1, 0, x, z, floor);
        }
        if (y > height - ROUNDING) {
            return new Solid.Surface(0, -1, 0, x, z, ceiling);
        }
        if (x < ROUNDING || x > width - ROUNDING) {
            return new Solid.Surface(x < 1 ? 1 : -1, 0, 0, z, y, walls);
        }
        return new Solid.Surface(0, 0, z < 1 ? 1 : -1, x, y, walls);
    }
}
