package io.iedp.datasets.rooms;

/**
 * A round body about a vertical axis, closed above and below, whose radius changes evenly with height: a cylinder, or
 * a cone without its tip.
 *
 * @param y middle of its height
 * @param hy half of its height
 * @param bottom radius of the lower end
 * @param top radius of the upper end
 */
record Drum(double x, double y, double z, double hy, double bottom, double top, Material material) implements Solid {
    @Override
    public double distance(Ray ray) {
        double px = ray.ox() - x;
        double py = ray.oy() - y;
        double pz = ray.oz() - z;
        double slope = slope();
        double radius = radius(py);
        double a = ray.dx() * ray.dx() + ray.dz() * ray.dz() - slope * slope * ray.dy() * ray.dy();
        double b = px * ray.dx() + pz * ray.dz() - slope * ray.dy() * radius;
        double c = px * px + pz * pz - radius * radius;
        double nearest = Math.min(end(ray, px, py, pz, -hy, bottom), end(ray, px, py, pz, hy, top));
        if (a == 0) {
            return Math.min(nearest, side(ray, py, -c / (2 * b)));
        }
        double discriminant = b * b - a * c;
        if (discriminant < 0) {
            return nearest;
        }
        double root = Math.sqrt(discriminant);
        return Math.min(nearest, Math.min(side(ray, py, (-b - root) / a), side(ray, py, (-b + root) / a)));
    }

    private double slope() {
        return (top - bottom) / (2 * hy);
    }

    /** At a height over the middle. */
    private double radius(double height) {
        return (top + bottom) / 2 + slope() * height;
    }

    private double side(Ray ray, double py, double distance) {
        return Ray.ahead(distance) && Math.abs(py + distance * ray.dy()) <= hy ? distance : Ray.NOWHERE;
    }

    private static double end(Ray ray, double px, double py, double pz, double height, double radius) {
        double distance = (height - py) / ray.dy();
        double atX = px + distance * ray.dx();
        double atZ = pz + distance * ray.dz();
        return Ray.ahead(distance) && atX * atX + atZ * atZ <= radius * radius ? distance : Ray.NOWHERE;
    }

    @Override
    public Surface surface(Ray ray, double distance) {
        double px = ray.x(distance) - x;
        double py = ray.y(distance) - y;
        double pz = ray.z(distance) - z;
        double across = Math.sqrt(px * px + pz * pz);
        if (Math.abs(Math.abs(py) - hy) < Math.abs(across - radius(py))) {
            return new Surface(0, Math.signum(py), 0, px, pz, material);
        }
        double length = Math.sqrt(1 + slope() * slope());
        return new Surface(
                px / across / length,
                -slope() / length,
                pz / across / length,
                StrictMath.atan2(pz, px) * Math.max(bottom, top),
                py,
                material);
    }

    @Override
    public Bounds bounds() {
        double widest = Math.max(bottom, top);
        return new Bounds(x - widest, y - hy, z - widest, x + widest, y + hy, z + widest);
    }
}
