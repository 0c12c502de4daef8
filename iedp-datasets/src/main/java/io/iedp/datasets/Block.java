package io.iedp.datasets;

/**
 * A box that stands upright.
 *
 * @param x centre
 * @param hx half of the size along its own x axis
 * @param cos of its turn about the vertical
 * @param sin of its turn about the vertical
 */
record Block(double x, double y, double z, double hx, double hy, double hz, double cos, double sin, Material material)
        implements Solid {
    @Override
    public double distance(Ray ray) {
        double px = ray.ox() - x;
        double pz = ray.oz() - z;
        double ox = cos * px + sin * pz;
        double oz = cos * pz - sin * px;
        double dx = cos * ray.dx() + sin * ray.dz();
        double dz = cos * ray.dz() - sin * ray.dx();
        double oy = ray.oy() - y;
        double near = -Ray.NOWHERE;
        double far = Ray.NOWHERE;
        double inverse = 1 / dx;
        double one = (-hx - ox) * inverse;
        double other = (hx - ox) * inverse;
        near = Math.max(near, Math.min(one, other));
        far = Math.min(far, Math.max(one, other));
        inverse = 1 / ray.dy();
        one = (-hy - oy) * inverse;
        other = (hy - oy) * inverse;
        near = Math.max(near, Math.min(one, other));
        far = Math.min(far, Math.max(one, other));
        inverse = 1 / dz;
        one = (-hz - oz) * inverse;
        other = (hz - oz) * inverse;
        near = Math.max(near, Math.min(one, other));
        far = Math.min(far, Math.max(one, other));
        if (near > far) {
            return Ray.NOWHERE;
        }
        return Ray.ahead(near) ? near : Ray.ahead(far) ? far : Ray.NOWHERE;
    }

    @Override
    public Surface surface(Ray ray, double distance) {
        double px = ray.x(distance) - x;
        double pz = ray.z(distance) - z;
        double lx = cos * px + sin * pz;
        double lz = cos * pz - sin * px;
        double ly = ray.y(distance) - y;
        double fx = Math.abs(lx) / hx;
        double fy = Math.abs(ly) / hy;
        double fz = Math.abs(lz) / hz;
        if (fy >= fx && fy >= fz) {
            return new Surface(0, Math.signum(ly), 0, lx, lz, material);
        }
        if (fx >= fz) {
            double side = Math.signum(lx);
            return new Surface(side * cos, 0, side * sin, lz, ly, material);
        }
        double side = Math.signum(lz);
        return new Surface(-side * sin, 0, side * cos, lx, ly, material);
    }
}
