package io.iedp.datasets.rooms;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.Arrays;

/**
 * Casts rays into a room: colours from four rays a pixel with shadows of the lamps, label and depth from the one
 * through the pixel's centre.
 */
final class Renderer {
    private static final int SHELL = -1;
    private static final double[][] SUBPIXELS = {{-0.25, -0.25}, {0.25, -0.25}, {-0.25, 0.25}, {0.25, 0.25}};
    private static final double GRAIN = 6;

    /** Above this level of 255, light is held back so that nothing burns out. */
    private static final double SHOULDER = 178;

    private static final double HEADROOM = 255 - SHOULDER;

    private final Room room;
    private final int width;
    private final int height;
    private final Body[] bodies;
    private final Body[] opaque;
    private final Hit hit = new Hit();
    private final double[] color = new double[3];
    /** The furniture that the current row may show. */
    private final int[] candidates;

    private int candidateCount;

    Renderer(Room room, int width, int height) {
        this.room = room;
        this.width = width;
        this.height = height;
        bodies = room.furniture().stream()
                .map(each -> Body.of(each, room.camera().window(each, width, height)))
                .toArray(Body[]::new);
        opaque = Arrays.stream(bodies).filter(body -> body.thing != Thing.LAMP).toArray(Body[]::new);
        candidates = new int[bodies.length];
    }

    /** A thing in the form that is fastest to meet, with a sphere around it. */
    private record Body(
            Thing thing,
            Pose place,
            Solid[] solids,
            Bounds bounds,
            Vec middle,
            double radiusSquared,
            Camera.Window window) {
        static Body of(Room.Furniture furniture, Camera.Window window) {
            Piece piece = furniture.piece();
            Vec middle = piece.bounds().middle();
            Vec out = piece.bounds().corner(0).plus(-1, middle);
            return new Body(
                    piece.thing(),
                    furniture.place(),
                    piece.solids().toArray(Solid[]::new),
                    piece.bounds(),
                    furniture.place().toRoom(middle),
                    out.dot(out),
                    window);
        }

        /** Whether the line of the ray passes through the sphere. */
        boolean near(Ray ray, double directionSquared) {
            double px = middle.x() - ray.ox();
            double py = middle.y() - ray.oy();
            double pz = middle.z() - ray.oz();
            double along = px * ray.dx() + py * ray.dy() + pz * ray.dz();
            return (px * px + py * py + pz * pz - radiusSquared) * directionSquared <= along * along;
        }
    }

    /**
     * A rendered room.
     *
     * @param pieces for each pixel the number of the furniture that it shows, or -1
     */
    record Picture(RgbImage image, Raster labels, Raster depth, int[] pieces) {}

    /** What the last ray met. */
    private static final class Hit {
        private int piece;
        private Solid solid;
        private double distance;
    }

    Picture render() {
        byte[] pixels = new byte[width * height * 3];
        float[] labels = new float[width * height];
        float[] depth = new float[width * height];
        int[] pieces = new int[width * height];
        for (int y = 0; y < height; y++) {
            collectCandidates(y);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                Ray centre = ray(x + 0.5, y + 0.5);
                trace(centre, x);
                labels[at] = (hit.piece == SHELL ? room.shell().thing(centre, hit.distance) : bodies[hit.piece].thing)
                        .ordinal();
                depth[at] = (float) hit.distance;
                pieces[at] = hit.piece;
                Arrays.fill(color, 0);
                for (int sub = 0; sub < SUBPIXELS.length; sub++) {
                    Ray ray = ray(x + 0.5 + SUBPIXELS[sub][0], y + 0.5 + SUBPIXELS[sub][1]);
                    trace(ray, x);
                    shade(ray, sub, at);
                }
                for (int channel = 0; channel < 3; channel++) {
                    double level = color[channel] / SUBPIXELS.length + GRAIN * (Material.noise(at, channel + 11) - 0.5);
                    pixels[at * 3 + channel] = (byte) Math.max(0, Math.min(255, (int) (level + 0.5)));
                }
            }
        }
        return new Picture(
                new RgbImage(width, height, pixels),
                Raster.labels(width, height, labels),
                Raster.depth(width, height, depth),
                pieces);
    }

    /** The direction that the surface through each pixel's centre faces, in the camera's axes; see {@link Sample#NORMALS}. */
    Raster normals() {
        int size = width * height;
        float[] normals = new float[3 * size];
        Camera camera = room.camera();
        for (int y = 0; y < height; y++) {
            collectCandidates(y);
            for (int x = 0; x < width; x++) {
                Ray centre = ray(x + 0.5, y + 0.5);
                trace(centre, x);
                Solid.Surface surface = surface(centre);
                Vec normal = new Vec(surface.nx(), surface.ny(), surface.nz());
                int at = y * width + x;
                normals[at] = (float) normal.dot(camera.right());
                normals[size + at] = (float) normal.dot(camera.up());
                normals[2 * size + at] = (float) -normal.dot(camera.forward());
            }
        }
        return new Raster(width, height, 3, normals, 0);
    }

    private void collectCandidates(int y) {
        candidateCount = 0;
        for (int i = 0; i < bodies.length; i++) {
            if (y >= bodies[i].window.top() && y < bodies[i].window.bottom()) {
                candidates[candidateCount++] = i;
            }
        }
    }

    private Ray ray(double x, double y) {
        return room.camera().ray((2 * x - width) / height, 1 - 2 * y / height);
    }

    private void trace(Ray ray, int x) {
        hit.distance = room.shell().distance(ray);
        hit.piece = SHELL;
        hit.solid = null;
        for (int i = 0; i < candidateCount; i++) {
            Body body = bodies[candidates[i]];
            if (x >= body.window.left() && x < body.window.right()) {
                Ray own = body.place.toOwn(ray);
                for (Solid solid : body.solids) {
                    double distance = solid.distance(own);
                    if (distance < hit.distance) {
                        hit.distance = distance;
                        hit.piece = candidates[i];
                        hit.solid = solid;
                    }
                }
            }
        }
    }

    private void shade(Ray ray, int sub, int pixel) {
        Solid.Surface surface = surface(ray);
        double x = ray.x(hit.distance);
        double y = ray.y(hit.distance);
        double z = ray.z(hit.distance);
        double fill = room.ambient() * (1 + 0.2 * surface.ny());
        double red = fill;
        double green = fill;
        double blue = fill;
        Material material = surface.material();
        for (int i = 0; i < room.lights().size() && material.glow() < 1; i++) {
            Room.Light light = room.lights().get(i);
            double lit = lit(light, surface, x, y, z, sub, pixel * 8L + i);
            red += lit * light.red();
            green += lit * light.green();
            blue += lit * light.blue();
        }
        double accent = material.accentAt(surface.u(), surface.v());
        color[0] += level(material, 16, accent, red);
        color[1] += level(material, 8, accent, green);
        color[2] += level(material, 0, accent, blue);
    }

    private Solid.Surface surface(Ray ray) {
        if (hit.solid == null) {
            return room.shell().surface(ray, hit.distance);
        }
        Pose place = bodies[hit.piece].place;
        return place.toRoom(hit.solid.surface(place.toOwn(ray), hit.distance));
    }

    private static double level(Material material, int shift, double accent, double light) {
        int base = material.base() >> shift & 0xff;
        int other = material.accent() >> shift & 0xff;
        double level = (base + (other - base) * accent) * (material.glow() + (1 - material.glow()) * light);
        double over = level - SHOULDER;
        return over <= 0 ? level : SHOULDER + HEADROOM * over / (over + HEADROOM);
    }

    /** How much of a light reaches a point. */
    private double lit(Room.Light light, Solid.Surface surface, double x, double y, double z, int sub, long noise) {
        // Each ray of a pixel sees a point in another quarter of the lamp: soft shadows with little noise.
        double lampX = light.x() + light.size() * ((sub & 1) * 0.5 + 0.5 * Material.noise(noise, sub) - 0.5);
        double lampZ = light.z() + light.size() * ((sub >> 1) * 0.5 + 0.5 * Material.noise(noise, sub + 4L) - 0.5);
        double toX = lampX - x;
        double toY = light.y() - y;
        double toZ = lampZ - z;
        double facing = surface.nx() * toX + surface.ny() * toY + surface.nz() * toZ;
        double square = toX * toX + toY * toY + toZ * toZ;
        if (facing <= 0 || shadowed(new Ray(x, y, z, toX, toY, toZ), square)) {
            return 0;
        }
        return facing / (Math.sqrt(square) * (0.6 + 0.1 * square));
    }

    /** Whether something stands between a point and a lamp, at the end of the ray's first length. */
    private boolean shadowed(Ray ray, double directionSquared) {
        for (Body body : opaque) {
            Ray own = body.near(ray, directionSquared) ? body.place.toOwn(ray) : null;
            if (own != null && body.bounds.crossed(own)) {
                for (Solid solid : body.solids) {
                    double distance = solid.distance(own);
                    if (distance > 1e-3 && distance < 1) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
