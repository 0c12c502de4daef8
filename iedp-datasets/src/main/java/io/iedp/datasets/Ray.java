package io.iedp.datasets;

/** A half-line from (ox, oy, oz) in metres: x to the right, y up, z into the room. */
record Ray(double ox, double oy, double oz, double dx, double dy, double dz) {
    /** Farther than anything in a room. */
    static final double NOWHERE = 1e9;

    private static final double START = 1e-4;

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
