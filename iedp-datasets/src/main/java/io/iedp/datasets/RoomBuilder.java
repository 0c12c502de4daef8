package io.iedp.datasets;

import io.iedp.datasets.Material.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Furnishes a room at random: what stands in it depends on what it is used for. */
final class RoomBuilder {
    private static final int TRIES = 30;

    private final SplittableRandom random;
    private final List<Room.Furniture> furniture = new ArrayList<>();
    private final List<double[]> footprints = new ArrayList<>();
    private final double width;
    private final double height;
    private final double depth;

    RoomBuilder(SplittableRandom random) {
        this.random = random;
        width = between(3.2, 5.5);
        height = between(2.4, 3.0);
        depth = between(4.0, 6.5);
    }

    Room build() {
        String[] kinds = {"bedroom", "kitchen", "living room", "office"};
        String kind = kinds[random.nextInt(kinds.length)];
        onWalls();
        switch (kind) {
            case "bedroom" -> bedroom();
            case "kitchen" -> kitchen();
            case "living room" -> livingRoom();
            default -> office();
        }
        double lampX = width * between(0.3, 0.7);
        double lampZ = depth * between(0.35, 0.75);
        ceilingLamp(lampX, lampZ);
        return new Room(
                kind,
                width,
                height,
                depth,
                new Room.Shell(floor(), Material.plain(tint(0xf2f0ea, 10)), walls()),
                furniture,
                camera(),
                new Ray(lampX, height - 0.45, lampZ, 0, 0, 0));
    }

    private Room.Camera camera() {
        return new Room.Camera(
                width * between(0.3, 0.7),
                between(1.2, 1.8),
                between(0.15, 0.5),
                between(-0.45, 0.45),
                between(-0.32, -0.05),
                StrictMath.tan(between(0.5, 0.68)));
    }

    // What the rooms hold.

    private void bedroom() {
        againstWall(1.15, this::bed);
        if (chance(0.8)) {
            againstWall(0.7, this::cabinet);
        }
        if (chance(0.5)) {
            rug();
        }
        if (chance(0.6)) {
            freely(0.3, this::standingLamp);
        }
        if (chance(0.4)) {
            freely(0.35, this::chair);
        }
        if (chance(0.35)) {
            freely(0.3, this::ball);
        }
        if (chance(0.3)) {
            freely(0.3, this::plant);
        }
    }

    private void kitchen() {
        againstWall(0.7, this::cabinet);
        if (chance(0.7)) {
            againstWall(0.7, this::cabinet);
        }
        double[] table = freely(0.8, this::table);
        chairsAround(table);
        if (chance(0.5)) {
            againstWall(0.6, this::shelf);
        }
        if (chance(0.35)) {
            freely(0.3, this::plant);
        }
    }

    private void livingRoom() {
        againstWall(1.0, this::sofa);
        if (chance(0.7)) {
            rug();
        }
        if (chance(0.7)) {
            freely(0.7, this::table);
        }
        if (chance(0.6)) {
            againstWall(0.6, this::shelf);
        }
        if (chance(0.6)) {
            freely(0.3, this::plant);
        }
        if (chance(0.5)) {
            freely(0.3, this::standingLamp);
        }
        if (chance(0.4)) {
            freely(0.3, this::ball);
        }
    }

    private void office() {
        double[] table = freely(0.8, this::table);
        chairsAround(table);
        againstWall(0.6, this::shelf);
        if (chance(0.6)) {
            againstWall(0.7, this::cabinet);
        }
        if (chance(0.5)) {
            freely(0.3, this::plant);
        }
        if (chance(0.4)) {
            freely(0.3, this::standingLamp);
        }
    }

    private void chairsAround(double[] table) {
        if (table == null) {
            return;
        }
        int count = 1 + random.nextInt(3);
        double turn = between(0, 6.28);
        for (int i = 0; i < count; i++) {
            double angle = turn + i * 6.28 / count + between(-0.3, 0.3);
            double x = table[0] + 0.95 * StrictMath.cos(angle);
            double z = table[1] + 0.95 * StrictMath.sin(angle);
            if (inside(x, z, 0.35)) {
                chair(x, z, angle + 1.57);
                footprints.add(new double[] {x, z, 0.35});
            }
        }
    }

    // Where things stand.

    /** Puts a thing at a place and a turn, in radians. */
    private interface Placing {
        void at(double x, double z, double turn);
    }

    /** Stands a thing with its back to a wall that the camera can see, if there is room for it. */
    private void againstWall(double reach, Placing thing) {
        for (int i = 0; i < TRIES; i++) {
            int wall = random.nextInt(3);
            double along = between(0.15, 0.85);
            double x = wall == 0 ? reach * 0.62 : wall == 1 ? width - reach * 0.62 : width * along;
            double z = wall == 2 ? depth - reach * 0.62 : 1.6 + (depth - 2.4) * along;
            double turn = wall == 0 ? -Math.PI / 2 : wall == 1 ? Math.PI / 2 : 0;
            if (isFree(x, z, reach)) {
                footprints.add(new double[] {x, z, reach});
                thing.at(x, z, turn);
                return;
            }
        }
    }

    /** Stands a thing anywhere, turned anyhow; returns its place, or null when there was no room. */
    private double[] freely(double reach, Placing thing) {
        for (int i = 0; i < TRIES; i++) {
            double x = between(reach, width - reach);
            double z = between(1.7, depth - reach);
            if (isFree(x, z, reach)) {
                footprints.add(new double[] {x, z, reach});
                thing.at(x, z, between(0, 6.28));
                return new double[] {x, z};
            }
        }
        return null;
    }

    private boolean inside(double x, double z, double reach) {
        return x > reach && x < width - reach && z > 1.2 && z < depth - reach;
    }

    private boolean isFree(double x, double z, double reach) {
        return footprints.stream().allMatch(other -> {
            double dx = x - other[0];
            double dz = z - other[1];
            double apart = (reach + other[2]) * 0.85;
            return dx * dx + dz * dz > apart * apart;
        });
    }

    // The things. Their own z axis points to their back.

    /** Collects the solids of one thing that stands at a place. */
    private final class Assembly {
        private final List<Solid> solids = new ArrayList<>();
        private final double x;
        private final double z;
        private final double cos;
        private final double sin;

        Assembly(double x, double z, double turn) {
            this.x = x;
            this.z = z;
            cos = StrictMath.cos(turn);
            sin = StrictMath.sin(turn);
        }

        /** A box around (ax, ay, az) in the thing's own axes, of full sizes sx, sy, sz. */
        Assembly box(double ax, double ay, double az, double sx, double sy, double sz, Material material) {
            solids.add(new Block(
                    x + cos * ax - sin * az, ay, z + sin * ax + cos * az, sx / 2, sy / 2, sz / 2, cos, sin, material));
            return this;
        }

        Assembly ball(double ax, double ay, double az, double radius, Material material) {
            solids.add(new Ball(x + cos * ax - sin * az, ay, z + sin * ax + cos * az, radius, material));
            return this;
        }

        void done(Thing thing, double middle, double reach) {
            furniture.add(new Room.Furniture(thing, solids, x, middle, z, reach));
        }
    }

    private void bed(double x, double z, double turn) {
        double w = between(1.0, 1.5);
        double l = between(1.8, 2.0);
        double h = between(0.4, 0.55);
        Material wood = wood();
        Material blanket = fabric();
        Assembly bed = new Assembly(x, z, turn)
                .box(0, h * 0.35, 0, w, h * 0.4, l, wood)
                .box(0, h * 0.75, -0.1, w * 0.98, h * 0.4, l * 0.88, blanket)
                .box(0, h * 0.75, l * 0.4, w * 0.98, h * 0.38, l * 0.15, Material.plain(tint(0xf4f1ea, 8)))
                .box(0, h, l / 2 + 0.03, w, h * 1.5, 0.06, wood);
        for (int i = 0; i < (w > 1.2 ? 2 : 1); i++) {
            double side = w > 1.2 ? (i - 0.5) * w * 0.5 : 0;
            bed.box(side, h + 0.04, l * 0.38, 0.45, 0.13, 0.28, Material.plain(tint(0xfbfaf5, 6)));
        }
        bed.done(Thing.BED, h, 1.45);
    }

    private void table(double x, double z, double turn) {
        double w = between(0.9, 1.4);
        double d = between(0.6, 0.85);
        double h = between(0.45, 0.78);
        Material material = chance(0.7) ? wood() : Material.plain(tint(0xe6e6e6, 20));
        Assembly table = new Assembly(x, z, turn).box(0, h, 0, w, 0.05, d, material);
        legs(table, w * 0.92, d * 0.9, h, 0.06, material);
        table.done(Thing.TABLE, h / 2, 1.05);
    }

    private void legs(Assembly thing, double w, double d, double h, double thick, Material material) {
        for (int side = -1; side <= 1; side += 2) {
            for (int end = -1; end <= 1; end += 2) {
                thing.box(side * w / 2, h / 2, end * d / 2, thick, h, thick, material);
            }
        }
    }

    private void chair(double x, double z, double turn) {
        Material frame = chance(0.6) ? wood() : Material.plain(tint(0x404044, 30));
        Material seat = chance(0.5) ? fabric() : frame;
        double h = between(0.42, 0.48);
        Assembly chair = new Assembly(x, z, turn)
                .box(0, h, 0, 0.44, 0.05, 0.44, seat)
                .box(0, h + 0.3, 0.2, 0.42, between(0.35, 0.5), 0.04, seat);
        legs(chair, 0.4, 0.4, h, 0.04, frame);
        chair.done(Thing.CHAIR, 0.5, 0.75);
    }

    private void cabinet(double x, double z, double turn) {
        double w = between(0.8, 1.3);
        double h = chance(0.5) ? between(0.8, 1.0) : between(1.7, 2.1);
        double d = between(0.45, 0.6);
        Material body = chance(0.6) ? wood() : Material.plain(tint(0xe9e4da, 20));
        Material knob = Material.plain(0x303030);
        Assembly cabinet = new Assembly(x, z, turn).box(0, h / 2, 0, w, h, d, body);
        cabinet.box(0, h / 2, -d / 2, 0.015, h * 0.94, 0.012, knob);
        cabinet.box(-0.07, h * 0.55, -d / 2 - 0.01, 0.02, 0.14, 0.03, knob);
        cabinet.box(0.07, h * 0.55, -d / 2 - 0.01, 0.02, 0.14, 0.03, knob);
        cabinet.done(Thing.CABINET, h / 2, 1.4);
    }

    private void shelf(double x, double z, double turn) {
        double w = between(0.7, 1.1);
        double h = between(1.4, 2.0);
        double d = 0.3;
        int boards = 4 + random.nextInt(2);
        Material body = wood();
        Assembly shelf = new Assembly(x, z, turn)
                .box(-w / 2, h / 2, 0, 0.04, h, d, body)
                .box(w / 2, h / 2, 0, 0.04, h, d, body)
                .box(0, h / 2, d / 2, w, h, 0.02, body);
        for (int board = 0; board <= boards; board++) {
            double y = 0.05 + (h - 0.07) * board / boards;
            shelf.box(0, y, 0, w, 0.03, d, body);
            double at = -w / 2 + 0.08;
            while (board < boards && at < w / 2 - 0.1 && chance(0.9)) {
                double thick = between(0.03, 0.08);
                double tall = (h / boards - 0.06) * between(0.55, 0.95);
                shelf.box(at, y + 0.015 + tall / 2, 0.02, thick, tall, d * 0.7, Material.plain(vivid()));
                at += thick + 0.01;
            }
        }
        shelf.done(Thing.SHELF, h / 2, 1.25);
    }

    private void sofa(double x, double z, double turn) {
        double w = between(1.5, 2.1);
        Material cloth = fabric();
        Assembly sofa = new Assembly(x, z, turn)
                .box(0, 0.22, 0, w, 0.36, 0.85, cloth)
                .box(0, 0.55, 0.34, w, 0.5, 0.2, cloth)
                .box(-w / 2, 0.35, 0, 0.18, 0.55, 0.85, cloth)
                .box(w / 2, 0.35, 0, 0.18, 0.55, 0.85, cloth);
        Material cushion = Material.plain(vivid());
        if (chance(0.6)) {
            sofa.box(-w * 0.28, 0.52, 0.14, 0.4, 0.35, 0.14, cushion);
        }
        if (chance(0.6)) {
            sofa.box(w * 0.28, 0.52, 0.14, 0.4, 0.35, 0.14, cushion);
        }
        sofa.done(Thing.SOFA, 0.4, 1.35);
    }

    private void standingLamp(double x, double z, double turn) {
        double h = between(1.3, 1.7);
        Material pole = Material.plain(tint(0x50504c, 20));
        new Assembly(x, z, turn)
                .box(0, 0.015, 0, 0.28, 0.03, 0.28, pole)
                .box(0, h / 2, 0, 0.03, h, 0.03, pole)
                .box(0, h, 0, 0.32, 0.28, 0.32, new Material(tint(0xfdf0c8, 12), 0, Pattern.PLAIN, 1, 0.85))
                .done(Thing.LAMP, h / 2, 1.1);
    }

    private void ceilingLamp(double x, double z) {
        new Assembly(x, z, 0)
                .box(0, height - 0.15, 0, 0.02, 0.3, 0.02, Material.plain(0x404040))
                .ball(0, height - 0.38, 0, between(0.12, 0.2), new Material(0xfff6da, 0, Pattern.PLAIN, 1, 0.95))
                .done(Thing.LAMP, height - 0.25, 0.45);
    }

    private void plant(double x, double z, double turn) {
        double h = between(0.5, 1.2);
        Material pot = Material.plain(tint(chance(0.5) ? 0xb5643c : 0xd8d4cc, 20));
        Assembly plant = new Assembly(x, z, turn)
                .box(0, 0.14, 0, 0.28, 0.28, 0.28, pot)
                .box(0, h * 0.5, 0, 0.035, h * 0.6, 0.035, Material.plain(0x5b4a2a));
        for (int i = 0; i < 7; i++) {
            Material leaf = new Material(tint(0x2f7d32, 30), tint(0x1d5b20, 20), Pattern.SPECKLES, 0.4, 0);
            plant.ball(between(-0.16, 0.16), h * between(0.7, 1.0), between(-0.16, 0.16), between(0.09, 0.17), leaf);
        }
        plant.done(Thing.PLANT, h * 0.6, 0.95);
    }

    private void ball(double x, double z, double turn) {
        double r = between(0.12, 0.24);
        new Assembly(x, z, turn)
                .ball(0, r, 0, r, new Material(vivid(), vivid(), Pattern.STRIPES, r * 0.6, 0))
                .done(Thing.BALL, r, r * 1.01);
    }

    private void rug() {
        double w = between(1.2, 2.0);
        double l = between(1.4, 2.4);
        double x = width * between(0.35, 0.65);
        double z = depth * between(0.45, 0.65);
        Pattern pattern = Pattern.values()[random.nextInt(3)];
        new Assembly(x, z, between(-0.3, 0.3))
                .box(0, 0.006, 0, w, 0.012, l, new Material(vivid(), tint(0xeadfcb, 20), pattern, 0.22, 0))
                .done(Thing.RUG, 0, 1.7);
    }

    /** Windows, doors and pictures: flat boxes on the walls that the camera sees. */
    private void onWalls() {
        boolean[] taken = new boolean[6];
        int windows = 1 + random.nextInt(2);
        for (int i = 0; i < windows; i++) {
            onWall(taken, this::window);
        }
        if (chance(0.75)) {
            onWall(taken, this::door);
        }
        int pictures = random.nextInt(3);
        for (int i = 0; i < pictures; i++) {
            onWall(taken, this::picture);
        }
    }

    /** Hangs a thing on one half of the left, right or far wall. */
    private void onWall(boolean[] taken, Placing thing) {
        int slot = random.nextInt(taken.length);
        if (taken[slot]) {
            return;
        }
        taken[slot] = true;
        int wall = slot / 2;
        double along = (slot & 1) == 0 ? between(0.22, 0.3) : between(0.7, 0.78);
        double x = wall == 0 ? 0.02 : wall == 1 ? width - 0.02 : width * along;
        double z = wall == 2 ? depth - 0.02 : 1.0 + (depth - 1.0) * along;
        thing.at(x, z, wall == 0 ? -Math.PI / 2 : wall == 1 ? Math.PI / 2 : 0);
    }

    private void window(double x, double z, double turn) {
        double w = between(0.8, 1.2);
        double h = between(0.9, 1.2);
        double y = between(1.45, 1.6);
        int sky = tint(0xa9d4f5, 25);
        Material frame = Material.plain(tint(0xf7f7f4, 6));
        new Assembly(x, z, turn)
                .box(0, y, 0, w, h, 0.03, new Material(sky, tint(0xdff0fb, 10), Pattern.SPECKLES, 2.4, 0.9))
                .box(0, y, -0.02, 0.05, h, 0.03, frame)
                .box(0, y, -0.02, w, 0.05, 0.03, frame)
                .box(0, y + h / 2, -0.02, w + 0.08, 0.07, 0.04, frame)
                .box(0, y - h / 2, -0.02, w + 0.08, 0.07, 0.06, frame)
                .box(-w / 2, y, -0.02, 0.07, h, 0.04, frame)
                .box(w / 2, y, -0.02, 0.07, h, 0.04, frame)
                .done(Thing.WINDOW, y, 1.0);
    }

    private void door(double x, double z, double turn) {
        double h = between(1.95, 2.1);
        Material panel = chance(0.6) ? wood() : Material.plain(tint(0xece8df, 12));
        new Assembly(x, z, turn)
                .box(0, h / 2, 0, 0.85, h, 0.04, panel)
                .box(0, h * 0.72, -0.02, 0.5, h * 0.3, 0.02, panel)
                .box(0, h * 0.28, -0.02, 0.5, h * 0.3, 0.02, panel)
                .ball(0.34, h * 0.48, -0.05, 0.035, Material.plain(0xc9b037))
                .done(Thing.DOOR, h / 2, 1.2);
    }

    private void picture(double x, double z, double turn) {
        double w = between(0.4, 0.8);
        double h = between(0.4, 0.7);
        double y = between(1.5, 1.75);
        Pattern pattern = Pattern.values()[random.nextInt(Pattern.values().length)];
        new Assembly(x, z, turn)
                .box(0, y, 0, w, h, 0.03, Material.plain(tint(0x2d2219, 20)))
                .box(0, y, -0.012, w - 0.08, h - 0.08, 0.02, new Material(vivid(), vivid(), pattern, 0.16, 0))
                .done(Thing.PICTURE, y, 0.6);
    }

    // How things look.

    private Material floor() {
        return switch (random.nextInt(4)) {
            case 0 -> new Material(tint(0xc9a06b, 20), tint(0x8a6234, 20), Pattern.PLANKS, 0.14, 0);
            case 1 -> new Material(tint(0xd9d6cf, 12), tint(0x9c988f, 12), Pattern.CHECKER, 0.4, 0);
            case 2 -> new Material(tint(0x8d8a86, 25), tint(0x6f6c69, 20), Pattern.SPECKLES, 0.3, 0);
            default -> new Material(tint(0x7b4b2a, 20), tint(0x4e2d18, 15), Pattern.PLANKS, 0.1, 0);
        };
    }

    private Material walls() {
        int[] colors = {0xe7e2d4, 0xcdd8dd, 0xd8cfc4, 0xc8d5c0, 0xe5cfc8, 0xb9b6ae};
        int color = colors[random.nextInt(colors.length)];
        return switch (random.nextInt(4)) {
            case 0 -> new Material(tint(0xb06a4f, 20), 0xcfc8bd, Pattern.BRICKS, 0.26, 0);
            case 1 -> new Material(tint(color, 12), tint(color, 30), Pattern.STRIPES, 0.18, 0);
            default -> Material.plain(tint(color, 18));
        };
    }

    private Material wood() {
        int[] colors = {0x9b6b3d, 0x6b4226, 0xc69c6d, 0x55392a};
        int color = colors[random.nextInt(colors.length)];
        return new Material(tint(color, 18), tint(color, 40), Pattern.PLANKS, 0.07, 0);
    }

    private Material fabric() {
        Pattern pattern = chance(0.6) ? Pattern.PLAIN : chance(0.5) ? Pattern.STRIPES : Pattern.CHECKER;
        return new Material(vivid(), vivid(), pattern, between(0.06, 0.2), 0);
    }

    private int vivid() {
        int[] colors = {
            0xb03a3a, 0x3a5fb0, 0x3f8f5a, 0xd2a63c, 0x7a4a9c, 0x4aa3a0, 0xc77b4a, 0x9c9c9c, 0xe0dccf, 0x33415c
        };
        return tint(colors[random.nextInt(colors.length)], 25);
    }

    /** The colour with each channel moved by at most that much. */
    private int tint(int color, int most) {
        int tinted = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int level = (color >> shift & 0xff) + (int) Math.round(between(-most, most));
            tinted |= Math.max(0, Math.min(255, level)) << shift;
        }
        return tinted;
    }

    private double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
