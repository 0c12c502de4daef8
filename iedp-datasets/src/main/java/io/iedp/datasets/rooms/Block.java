package io.iedp.datasets.rooms;

/**
 * A box along the axes.
 *
 * @param x centre
 * @param hx half of the size
 */
record Block(double x, double y, double z, double hx, double hy, double hz, Material material) implements Solid {
    @Override
    public double distance(Ray ray) {
        double one = (x - hx - ray.ox()) * ray.ix();
        double other = (x + hx - ray.ox()) * ray.ix();
        double near = one < other ? one : other;
        double far = one < other ? other : one;
        one = (y - hy - ray.oy()) * ray.iy();
        other = (y + hy - ray.oy()) * ray.iy();
        double low = one < other ? one : other;
        double high = one < other ? other : one;
        near = low > near ? low : near;
        far = high < far ? high : far;
        one = (z - hz - ray.oz()) * ray.iz();
        other = (z + hz - ray.oz()) * ray.iz();
        low = one < other ? one : other;
        high = one < other ? other : one;
        near = low > near ? low : near;
        far = high < far ? high : far;
        if (near > far) {
            return Ray.NOWHERE;
        }
        return Ray.ahead(near) ? near : Ray.ahead(far) ? far : Ray.NOWHERE;
    }

    @Override
    public Surface surface(Ray ray, double distance) {
        double px = ray.x(distance) - x;
        double py = ray.y(distance) - y;
        double pz = ray.z(distance) - z;
        double fx = Math.abs(px) / hx;
        double fy = Math.abs(py) / hy;
        double fz = Math.abs(pz) / hz;
        if (fy >= fx && fy >= fz) {
            return new Surface(0, Math.signum(py), 0, px, pz, material);
        }
        return fx >= fz
                ? new Surface(Math.signum(px), 0, 0, pz, py, material)
                : new Surface(0, 0, Math.signum(pz), px, py, material);
    }

    @Override
    public Bounds bounds() {
        return new Bounds(x - hx, y - hy, z - hz, x + hx, y + hy, z + hz);
    }
}
