package io.iedp.datasets.rooms;

/**
 * A half-line from (ox, oy, oz) in metres; distances along it count lengths of its direction.
 *
 * @param ix one over dx, which every box that is met asks for
 */
record Ray(double ox, double oy, double oz, double dx, double dy, double dz, double ix, double iy, double iz) {
    /** Farther than anything in a room. */
    static final double NOWHERE = 1e9;

    private static final double START = 1e-4;

    Ray(double ox, double oy, double oz, double dx, double dy, double dz) {
        this(ox, oy, oz, dx, dy, dz, 1 / dx, 1 / dy, 1 / dz);
    }

    /** Whether a distance is in front of the start, beyond rounding. */
    static boolean ahead(double distance) {
        return distance > START;
    }

    double x(double distance) {
        return ox + distance * dx;
    }

    double y(double distance) {
        return oy + distance * dy;
    }

    double z(double distance) {
        return oz + distance * dz;
    }
}
