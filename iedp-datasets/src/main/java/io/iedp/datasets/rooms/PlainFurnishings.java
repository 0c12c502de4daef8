package io.iedp.datasets.rooms;

import io.iedp.datasets.rooms.Material.Pattern;

/** Things in one form or two a class, which differ in sizes and materials. */
record PlainFurnishings(Dice dice, Palette palette) implements Furnishings {
    /** The first patterns, up to clouds, are those of pictures. */
    private static final int PATTERNS = 7;

    @Override
    public Piece bed() {
        double w = dice.between(1.0, 1.6);
        double l = dice.between(1.8, 2.0);
        double h = dice.between(0.4, 0.55);
        Material wood = palette.wood();
        Piece.Builder bed = Piece.of(Thing.BED)
                .box(0, h * 0.35, 0, w, h * 0.4, l, wood)
                .box(0, h * 0.75, -0.1, w * 0.98, h * 0.4, l * 0.88, palette.fabric())
                .box(0, h * 0.75, l * 0.4, w * 0.98, h * 0.38, l * 0.15, palette.plain(0xf4f1ea, 8))
                .box(0, h, l / 2 + 0.03, w, h * 1.5, 0.06, wood);
        int pillows = w > 1.2 ? 2 : 1;
        for (int i = 0; i < pillows; i++) {
            double side = (i - (pillows - 1) / 2.0) * w * 0.5;
            bed.box(side, h + 0.04, l * 0.38, 0.45, 0.13, 0.28, palette.plain(0xfbfaf5, 6));
        }
        return bed.done();
    }

    @Override
    public Piece table() {
        return table(dice.between(0.9, 1.4), dice.between(0.65, 0.85), dice.between(0.7, 0.78));
    }

    @Override
    public Piece coffeeTable() {
        return table(dice.between(0.8, 1.2), dice.between(0.5, 0.7), dice.between(0.38, 0.5));
    }

    private Piece table(double w, double d, double h) {
        Material material = dice.chance(0.7) ? palette.wood() : palette.plain(0xe0e0e0, 20);
        return Piece.of(Thing.TABLE)
                .box(0, h, 0, w, 0.05, d, material)
                .legs(w * 0.92, d * 0.9, h, 0.06, material)
                .done();
    }

    @Override
    public Piece chair() {
        Material frame = dice.chance(0.6) ? palette.wood() : palette.plain(0x404044, 30);
        Material seat = dice.chance(0.5) ? palette.fabric() : frame;
        double h = dice.between(0.42, 0.48);
        double back = dice.between(0.35, 0.5);
        return Piece.of(Thing.CHAIR)
                .box(0, h, 0, 0.44, 0.05, 0.44, seat)
                .box(0, h + 0.1 + back / 2, 0.2, 0.42, back, 0.04, seat)
                .box(-0.18, h + 0.1, 0.2, 0.03, 0.2, 0.03, frame)
                .box(0.18, h + 0.1, 0.2, 0.03, 0.2, 0.03, frame)
                .legs(0.4, 0.4, h, 0.04, frame)
                .done();
    }

    @Override
    public Piece cabinet() {
        double w = dice.between(0.8, 1.3);
        double h = dice.chance(0.5) ? dice.between(0.8, 1.0) : dice.between(1.7, 2.1);
        double d = dice.between(0.45, 0.6);
        Material knob = Material.plain(0x303030);
        return Piece.of(Thing.CABINET)
                .box(0, h / 2, 0, w, h, d, dice.chance(0.6) ? palette.wood() : palette.plain(0xe0dbd2, 20))
                .box(0, h / 2, -d / 2, 0.015, h * 0.94, 0.012, knob)
                .box(-0.07, h * 0.55, -d / 2 - 0.01, 0.02, 0.14, 0.03, knob)
                .box(0.07, h * 0.55, -d / 2 - 0.01, 0.02, 0.14, 0.03, knob)
                .done();
    }

    @Override
    public Piece shelf() {
        double w = dice.between(0.8, 1.2);
        double h = dice.between(1.4, 2.0);
        double d = 0.3;
        int boards = 4 + dice.below(2);
        Material body = palette.wood();
        Piece.Builder shelf = Piece.of(Thing.SHELF)
                .box(-w / 2, h / 2, 0, 0.04, h, d, body)
                .box(w / 2, h / 2, 0, 0.04, h, d, body)
                .box(0, h / 2, d / 2, w, h, 0.02, body);
        for (int board = 0; board <= boards; board++) {
            double y = 0.05 + (h - 0.07) * board / boards;
            shelf.box(0, y, 0, w, 0.03, d, body);
            double at = -w / 2 + 0.08;
            while (board < boards && at < w / 2 - 0.1 && dice.chance(0.93)) {
                double thick = dice.between(0.03, 0.08);
                double tall = (h / boards - 0.06) * dice.between(0.55, 0.95);
                shelf.box(at, y + 0.015 + tall / 2, 0.02, thick, tall, d * 0.7, Material.plain(palette.vivid()));
                at += thick + 0.01;
            }
        }
        return shelf.done();
    }

    @Override
    public Piece sofa() {
        double w = dice.between(1.5, 2.1);
        Material cloth = palette.fabric();
        Piece.Builder sofa = Piece.of(Thing.SOFA)
                .box(0, 0.22, 0, w, 0.36, 0.85, cloth)
                .box(0, 0.55, 0.34, w, 0.5, 0.2, cloth)
                .box(-w / 2, 0.35, 0, 0.18, 0.55, 0.85, cloth)
                .box(w / 2, 0.35, 0, 0.18, 0.55, 0.85, cloth);
        Material cushion = Material.plain(palette.vivid());
        for (int side = -1; side <= 1; side += 2) {
            if (dice.chance(0.6)) {
                sofa.box(side * w * 0.28, 0.52, 0.14, 0.4, 0.35, 0.14, cushion);
            }
        }
        return sofa.done();
    }

    @Override
    public Piece standingLamp(double height) {
        Material pole = palette.plain(0x50504c, 20);
        return Piece.of(Thing.LAMP)
                .box(0, 0.015, 0, 0.28, 0.03, 0.28, pole)
                .box(0, height / 2, 0, 0.03, height, 0.03, pole)
                .box(0, height, 0, 0.34, 0.28, 0.34, Material.glowing(palette.tint(0xfdf0c8, 12), 0.85))
                .done();
    }

    @Override
    public Piece ceilingLamp(double ceiling) {
        double radius = dice.between(0.13, 0.22);
        return Piece.of(Thing.LAMP)
                .box(0, ceiling - 0.15, 0, 0.02, 0.3, 0.02, Material.plain(0x404040))
                .ball(0, ceiling - 0.38, 0, radius, Material.glowing(0xfff6da, 0.95))
                .done();
    }

    @Override
    public Piece plant() {
        double h = dice.between(0.6, 1.3);
        Piece.Builder plant = Piece.of(Thing.PLANT)
                .box(0, 0.15, 0, 0.3, 0.3, 0.3, palette.plain(dice.chance(0.5) ? 0xb5643c : 0xd8d4cc, 20))
                .box(0, h * 0.5, 0, 0.035, h * 0.6, 0.035, Material.plain(0x5b4a2a));
        for (int i = 0; i < 8; i++) {
            Material leaf =
                    new Material(palette.tint(0x2f7d32, 30), palette.tint(0x1d5b20, 20), Pattern.SPECKLES, 0.4, 0);
            plant.ball(
                    dice.between(-0.18, 0.18),
                    h * dice.between(0.7, 1.0),
                    dice.between(-0.18, 0.18),
                    dice.between(0.1, 0.2),
                    leaf);
        }
        return plant.done();
    }

    @Override
    public Piece ball() {
        double r = dice.between(0.15, 0.3);
        return Piece.of(Thing.BALL)
                .ball(0, r, 0, r, new Material(palette.vivid(), palette.vivid(), Pattern.STRIPES, r * 0.6, 0))
                .done();
    }

    @Override
    public Piece rug() {
        return Piece.of(Thing.RUG)
                .box(
                        0,
                        0.006,
                        0,
                        dice.between(1.2, 2.0),
                        0.012,
                        dice.between(1.4, 2.4),
                        palette.patterned(3, dice.between(0.15, 0.3)))
                .done();
    }

    @Override
    public Piece window() {
        double w = dice.between(0.8, 1.3);
        double h = dice.between(0.9, 1.2);
        double y = dice.between(1.45, 1.6);
        Material frame = palette.plain(0xf7f7f4, 6);
        return Piece.of(Thing.WINDOW)
                .box(0, y, 0, w, h, 0.03, sky())
                .box(0, y, -0.02, 0.05, h, 0.03, frame)
                .box(0, y, -0.02, w, 0.05, 0.03, frame)
                .box(0, y + h / 2, -0.02, w + 0.08, 0.07, 0.04, frame)
                .box(0, y - h / 2, -0.02, w + 0.08, 0.07, 0.06, frame)
                .box(-w / 2, y, -0.02, 0.07, h, 0.04, frame)
                .box(w / 2, y, -0.02, 0.07, h, 0.04, frame)
                .done();
    }

    /** By day or, now and then, at dusk. */
    private Material sky() {
        boolean day = dice.chance(0.75);
        return new Material(
                palette.tint(day ? 0x8fc4ee : 0x33405f, 25),
                palette.tint(day ? 0xe4f1fa : 0x6a5f7c, 10),
                Pattern.CLOUDS,
                0.5,
                0.9);
    }

    @Override
    public Piece door() {
        double h = dice.between(1.95, 2.1);
        Material panel = dice.chance(0.6) ? palette.wood() : palette.plain(0xe4e0d7, 12);
        Material frame = palette.plain(0xb8a78f, 30);
        return Piece.of(Thing.DOOR)
                .box(0, h / 2, 0, 0.85, h, 0.04, panel)
                .box(0, h * 0.72, -0.02, 0.5, h * 0.3, 0.02, panel)
                .box(0, h * 0.28, -0.02, 0.5, h * 0.3, 0.02, panel)
                .box(-0.45, h / 2, -0.01, 0.07, h, 0.05, frame)
                .box(0.45, h / 2, -0.01, 0.07, h, 0.05, frame)
                .box(0, h + 0.03, -0.01, 0.97, 0.07, 0.05, frame)
                .ball(0.34, h * 0.48, -0.05, 0.035, Material.plain(0xc9b037))
                .done();
    }

    @Override
    public Piece picture() {
        double w = dice.between(0.5, 1.0);
        double h = dice.between(0.45, 0.8);
        double y = dice.between(1.45, 1.7);
        return Piece.of(Thing.PICTURE)
                .box(0, y, 0, w, h, 0.03, palette.plain(0x2d2219, 20))
                .box(0, y, -0.012, w - 0.08, h - 0.08, 0.02, palette.patterned(PATTERNS, 0.16))
                .done();
    }
}
