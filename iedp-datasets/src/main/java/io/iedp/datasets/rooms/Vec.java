package io.iedp.datasets.rooms;

/** A point or direction in metres: x to the right, y up, z into the room. */
record Vec(double x, double y, double z) {
    Vec plus(double times, Vec other) {
        return new Vec(x + times * other.x, y + times * other.y, z + times * other.z);
    }

    double dot(Vec other) {
        return x * other.x + y * other.y + z * other.z;
    }
}
