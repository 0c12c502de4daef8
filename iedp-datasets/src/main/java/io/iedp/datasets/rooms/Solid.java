package io.iedp.datasets.rooms;

/** A body with one material. */
sealed interface Solid permits Block, Ball, Drum {
    /** Distance at which the ray first meets the body; {@link Ray#NOWHERE} if never. */
    double distance(Ray ray);

    /** The surface at that distance. */
    Surface surface(Ray ray, double distance);

    Bounds bounds();

    /**
     * A point of a surface.
     *
     * @param nx outward normal
     * @param u pattern coordinate, in metres
     */
    record Surface(double nx, double ny, double nz, double u, double v, Material material) {}
}
