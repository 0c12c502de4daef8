package io.iedp.datasets.rooms;

/** A sphere. */
record Ball(double x, double y, double z, double radius, Material material) implements Solid {
    @Override
    public double distance(Ray ray) {
        double px = ray.ox() - x;
        double py = ray.oy() - y;
        double pz = ray.oz() - z;
        double a = ray.dx() * ray.dx() + ray.dy() * ray.dy() + ray.dz() * ray.dz();
        double b = px * ray.dx() + py * ray.dy() + pz * ray.dz();
        double discriminant = b * b - a * (px * px + py * py + pz * pz - radius * radius);
        if (discriminant < 0) {
            return Ray.NOWHERE;
        }
        double root = Math.sqrt(discriminant);
        double near = (-b - root) / a;
        double far = (-b + root) / a;
        return Ray.ahead(near) ? near : Ray.ahead(far) ? far : Ray.NOWHERE;
    }

    @Override
    public Surface surface(Ray ray, double distance) {
        double nx = (ray.x(distance) - x) / radius;
        double ny = (ray.y(distance) - y) / radius;
        double nz = (ray.z(distance) - z) / radius;
        return new Surface(nx, ny, nz, StrictMath.atan2(nz, nx) * radius, ny * radius, material);
    }

    @Override
    public Bounds bounds() {
        return new Bounds(x - radius, y - radius, z - radius, x + radius, y + radius, z + radius);
    }
}
