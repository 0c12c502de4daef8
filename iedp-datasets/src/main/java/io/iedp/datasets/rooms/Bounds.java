package io.iedp.datasets.rooms;

import java.util.List;

/** A box along the axes that holds some solids. */
record Bounds(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {
    static Bounds of(List<Solid> solids) {
        return solids.stream().map(Solid::bounds).reduce(Bounds::with).orElseThrow();
    }

    private Bounds with(Bounds other) {
        return new Bounds(
                Math.min(minX, other.minX),
                Math.min(minY, other.minY),
                Math.min(minZ, other.minZ),
                Math.max(maxX, other.maxX),
                Math.max(maxY, other.maxY),
                Math.max(maxZ, other.maxZ));
    }

    /** Whether the ray passes through on its first length. */
    boolean crossed(Ray ray) {
        double one = (minX - ray.ox()) * ray.ix();
        double other = (maxX - ray.ox()) * ray.ix();
        double near = one < other ? one : other;
        double far = one < other ? other : one;
        one = (minY - ray.oy()) * ray.iy();
        other = (maxY - ray.oy()) * ray.iy();
        double low = one < other ? one : other;
        double high = one < other ? other : one;
        near = low > near ? low : near;
        far = high < far ? high : far;
        one = (minZ - ray.oz()) * ray.iz();
        other = (maxZ - ray.oz()) * ray.iz();
        low = one < other ? one : other;
        high = one < other ? other : one;
        near = low > near ? low : near;
        far = high < far ? high : far;
        return near <= far && far > 0 && near < 1;
    }

    Vec middle() {
        return new Vec((minX + maxX) / 2, (minY + maxY) / 2, (minZ + maxZ) / 2);
    }

    /** One of the eight corners. */
    Vec corner(int number) {
        return new Vec(
                (number & 1) == 0 ? minX : maxX, (number & 2) == 0 ? minY : maxY, (number & 4) == 0 ? minZ : maxZ);
    }
}
