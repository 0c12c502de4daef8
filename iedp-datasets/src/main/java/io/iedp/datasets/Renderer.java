package io.iedp.datasets;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;

/**
 * Casts rays into a room: colours from four rays a pixel with shadows of the lamp, label and depth from the one
 * through the pixel's centre.
 */
final class Renderer {
    private static final int ROOM = -1;
    private static final double[][] SUBPIXELS = {{-0.25, -0.25}, {0.25, -0.25}, {-0.25, 0.25}, {0.25, 0.25}};
    private static final double AMBIENT = 0.42;

    private final Room room;
    private final int width;
    private final int height;

    Renderer(Room room, int width, int height) {
        this.room = room;
        this.width = width;
        this.height = height;
    }

    /**
     * A rendered room.
     *
     * @param pieces for each pixel the number of the furniture that it shows, or -1
     */
    record Picture(RgbImage image, Raster labels, Raster depth, int[] pieces) {}

    /** What a ray met. */
    private record Hit(int piece, Solid solid, double distance) {}

    Picture render() {
        byte[] pixels = new byte[width * height * 3];
        float[] labels = new float[width * height];
        float[] depth = new float[width * height];
        int[] pieces = new int[width * height];
        double[] color = new double[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                Ray centre = ray(x + 0.5, y + 0.5);
                Hit hit = trace(centre);
                Thing thing = hit.piece == ROOM
                        ? room.thing(centre, hit.distance)
                        : room.furniture().get(hit.piece).thing();
                labels[at] = thing.ordinal();
                depth[at] = (float) hit.distance;
                pieces[at] = hit.piece;
                java.util.Arrays.fill(color, 0);
                for (int sub = 0; sub < SUBPIXELS.length; sub++) {
                    shade(ray(x + 0.5 + SUBPIXELS[sub][0], y + 0.5 + SUBPIXELS[sub][1]), sub, at, color);
                }
                for (int channel = 0; channel < 3; channel++) {
                    double grain = 6 * (Material.noise(at, channel + 11) - 0.5);
                    double level = color[channel] / SUBPIXELS.length + grain;
                    pixels[at * 3 + channel] = (byte) Math.max(0, Math.min(255, Math.round(level)));
                }
            }
        }
        return new Picture(
                new RgbImage(width, height, pixels),
                Raster.labels(width, height, labels),
                Raster.depth(width, height, depth),
                pieces);
    }

    private Ray ray(double x, double y) {
        return room.camera().ray((2 * x - width) / height, 1 - 2 * y / height);
    }

    private Hit trace(Ray ray) {
        double nearest = room.distance(ray);
        int piece = ROOM;
        Solid solid = null;
        for (int i = 0; i < room.furniture().size(); i++) {
            Room.Furniture furniture = room.furniture().get(i);
            if (furniture.near(ray)) {
                for (Solid each : furniture.solids()) {
                    double distance = each.distance(ray);
                    if (distance < nearest) {
                        nearest = distance;
                        piece = i;
                        solid = each;
                    }
                }
            }
        }
        return new Hit(piece, solid, nearest);
    }

    private void shade(Ray ray, int sub, int pixel, double[] color) {
        Hit hit = trace(ray);
        Solid.Surface surface =
                hit.solid == null ? room.surface(ray, hit.distance) : hit.solid.surface(ray, hit.distance);
        double x = ray.x(hit.distance);
        double y = ray.y(hit.distance);
        double z = ray.z(hit.distance);
        // A lamp of some size makes soft shadows: each of a pixel's rays sees another point of it.
        double lampX = room.lamp().ox() + 0.25 * (Material.noise(pixel, sub) - 0.5);
        double lampZ = room.lamp().oz() + 0.25 * (Material.noise(pixel, sub + 4L) - 0.5);
        double toX = lampX - x;
        double toY = room.lamp().oy() - y;
        double toZ = lampZ - z;
        double far = Math.sqrt(toX * toX + toY * toY + toZ * toZ);
        double facing = (surface.nx() * toX + surface.ny() * toY + surface.nz() * toZ) / far;
        double lit = 0;
        if (facing > 0 && !shadowed(new Ray(x, y, z, toX, toY, toZ))) {
            lit = facing * 1.9 / (1 + 0.18 * far * far);
        }
        double fill = AMBIENT + 0.1 * surface.ny();
        Material material = surface.material();
        double light = material.glow() + (1 - material.glow()) * (fill + lit);
        double accent = material.accentAt(surface.u(), surface.v());
        for (int channel = 0; channel < 3; channel++) {
            int shift = 16 - 8 * channel;
            double base = material.base() >> shift & 0xff;
            double other = material.accent() >> shift & 0xff;
            color[channel] += Math.min(255, (base + (other - base) * accent) * light);
        }
    }

    /** Whether something stands between a point and the lamp, at the end of the ray's direction. */
    private boolean shadowed(Ray ray) {
        for (Room.Furniture furniture : room.furniture()) {
            if (furniture.thing() != Thing.LAMP && furniture.near(ray)) {
                for (Solid each : furniture.solids()) {
                    double distance = each.distance(ray);
                    if (distance > 1e-3 && distance < 1) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
