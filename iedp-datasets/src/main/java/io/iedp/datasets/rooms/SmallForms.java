package io.iedp.datasets.rooms;

import io.iedp.datasets.rooms.Material.Pattern;

/** More lamps, plants, balls and rugs. */
record SmallForms(Dice dice, RichPalette palette) {
    private Material shade(double glow) {
        int color = dice.chance(0.6) ? palette.tint(0xfdf0c8, 15) : palette.tint(0xe9b48a, 40);
        return Material.glowing(color, glow);
    }

    /** A cone on a pole. */
    Piece shadedLamp(double height) {
        Material pole = palette.lacquer();
        double wide = dice.between(0.17, 0.26);
        return Piece.of(Thing.LAMP)
                .drum(0, 0.02, 0, 0.16, 0.04, pole)
                .drum(0, height / 2, 0, 0.018, height, pole)
                .cone(0, height, 0, wide, wide * dice.between(0.4, 0.9), dice.between(0.22, 0.36), shade(0.85))
                .done();
    }

    /** A ball on a pole. */
    Piece globeLamp(double height) {
        Material pole = palette.lacquer();
        return Piece.of(Thing.LAMP)
                .cone(0, 0.03, 0, 0.17, 0.05, 0.06, pole)
                .drum(0, height / 2, 0, 0.02, height, pole)
                .ball(0, height, 0, dice.between(0.13, 0.2), shade(0.95))
                .done();
    }

    /** A tall shade that shines nearly down to the floor. */
    Piece paperLamp(double height) {
        double tall = height * dice.between(0.55, 0.8);
        Material pole = palette.wood();
        return Piece.of(Thing.LAMP)
                .box(0, 0.02, 0, 0.26, 0.04, 0.26, pole)
                .legs(0.2, 0.2, height - tall, 0.025, pole)
                .drum(0, height - tall / 2, 0, dice.between(0.12, 0.18), tall, shade(0.75))
                .done();
    }

    /** A cone that is open below, on a cord. */
    Piece pendantLamp(double ceiling) {
        double wide = dice.between(0.18, 0.32);
        double cord = dice.between(0.2, 0.35);
        return Piece.of(Thing.LAMP)
                .drum(0, ceiling - cord / 2, 0, 0.012, cord, Material.plain(0x404040))
                .cone(0, ceiling - cord - 0.11, 0, wide, 0.06, 0.22, palette.lacquer())
                .ball(0, ceiling - cord - 0.22, 0, 0.08, Material.glowing(0xfff6da, 0.97))
                .done();
    }

    /** Flat below the ceiling. */
    Piece drumLamp(double ceiling) {
        double radius = dice.between(0.2, 0.35);
        double hang = dice.between(0.02, 0.25);
        return Piece.of(Thing.LAMP)
                .drum(0, ceiling - hang / 2, 0, 0.03, hang, Material.plain(0x606060))
                .drum(0, ceiling - hang - 0.08, 0, radius, 0.16, shade(0.9))
                .done();
    }

    /** A few small balls around a ring. */
    Piece clusterLamp(double ceiling) {
        double hang = dice.between(0.25, 0.4);
        double ring = dice.between(0.2, 0.3);
        Material metal = palette.lacquer();
        Material bulb = shade(0.97);
        return Piece.of(Thing.LAMP)
                .drum(0, ceiling - hang / 2, 0, 0.015, hang, metal)
                .box(0, ceiling - hang, 0, 2 * ring, 0.025, 0.025, metal)
                .box(0, ceiling - hang, 0, 0.025, 0.025, 2 * ring, metal)
                .ball(ring, ceiling - hang, 0, 0.1, bulb)
                .ball(-ring, ceiling - hang, 0, 0.1, bulb)
                .ball(0, ceiling - hang, ring, 0.1, bulb)
                .ball(0, ceiling - hang, -ring, 0.1, bulb)
                .done();
    }

    private Piece.Builder pot(double radius, double height) {
        Material clay = dice.chance(0.5) ? palette.plain(0xb5643c, 25) : palette.lacquer();
        return Piece.of(Thing.PLANT)
                .cone(0, height / 2, 0, radius * 0.75, radius, height, clay)
                .drum(0, height, 0, radius * 0.9, 0.01, Material.plain(0x3b2a1c));
    }

    private Material leaf() {
        return new Material(palette.tint(0x3a8a3a, 40), palette.tint(0x225c26, 30), Pattern.SPECKLES, 0.3, 0);
    }

    /** A stem with a tuft of leaves that hang over. */
    Piece palm() {
        double h = dice.between(0.9, 1.8);
        Piece.Builder plant = pot(dice.between(0.14, 0.2), 0.28)
                .drum(0, 0.25 + h * 0.4, 0, 0.03, h * 0.8, palette.plain(0x6b5232, 20));
        int leaves = 7 + dice.below(5);
        for (int i = 0; i < leaves; i++) {
            double turn = (i + dice.between(0, 0.7)) * 2 * Math.PI / leaves;
            double lift = dice.between(0.02, 0.2);
            Material leaf = leaf();
            for (int part = 1; part <= 4; part++) {
                double out = part * 0.085;
                plant.ball(
                        StrictMath.cos(turn) * out,
                        0.25 + h * 0.8 + lift * part - 0.03 * part * part,
                        StrictMath.sin(turn) * out,
                        0.075 - 0.01 * part,
                        leaf);
            }
        }
        return plant.done();
    }

    /** Columns. */
    Piece cactus() {
        double h = dice.between(0.4, 1.1);
        double thick = dice.between(0.07, 0.12);
        Material skin = new Material(palette.tint(0x4f8a4a, 30), palette.tint(0x2f6a38, 20), Pattern.STRIPES, 0.04, 0);
        Piece.Builder plant = pot(dice.between(0.16, 0.22), 0.25)
                .drum(0, 0.25 + h / 2, 0, thick, h, skin)
                .ball(0, 0.25 + h, 0, thick, skin);
        for (int side = -1; side <= 1; side += 2) {
            if (dice.chance(0.7)) {
                double low = 0.25 + h * dice.between(0.3, 0.5);
                double arm = h * dice.between(0.2, 0.4);
                double out = side * (thick + 0.1);
                plant.box(out / 2, low, 0, thick + 0.1, 0.08, 0.08, skin)
                        .drum(out, low + arm / 2, 0, thick * 0.6, arm, skin)
                        .ball(out, low + arm, 0, thick * 0.6, skin)
                        .ball(out, low, 0, thick * 0.6, skin);
            }
        }
        return plant.done();
    }

    /** Round from the pot up, perhaps with blossoms. */
    Piece bush() {
        double h = dice.between(0.25, 0.6);
        Piece.Builder plant = pot(dice.between(0.16, 0.24), dice.between(0.22, 0.4));
        Material blossom = Material.plain(palette.vivid());
        boolean blooms = dice.chance(0.5);
        for (int i = 0; i < 12; i++) {
            double x = dice.between(-0.2, 0.2);
            double y = 0.35 + h * dice.between(0, 1);
            double z = dice.between(-0.2, 0.2);
            double radius = dice.between(0.08, 0.16);
            plant.ball(x, y, z, radius, leaf());
            if (blooms && i % 2 == 0) {
                plant.ball(x, y + radius, z, 0.04, blossom);
            }
        }
        return plant.done();
    }

    Piece ball() {
        double r = dice.between(0.12, 0.38);
        Material skin =
                dice.chance(0.4) ? Material.plain(palette.vivid()) : palette.patterned(1, r * dice.between(0.4, 0.9));
        return Piece.of(Thing.BALL).ball(0, r, 0, r, skin).done();
    }

    Piece roundRug() {
        double radius = dice.between(0.6, 1.1);
        return Piece.of(Thing.RUG)
                .drum(0, 0.004, 0, radius, 0.008, Material.plain(palette.vivid()))
                .drum(0, 0.006, 0, radius * dice.between(0.6, 0.9), 0.012, palette.fabric())
                .done();
    }

    Piece borderedRug() {
        double w = dice.between(1.0, 2.0);
        double l = dice.between(1.3, 2.4);
        double border = dice.between(0.1, 0.3);
        return Piece.of(Thing.RUG)
                .box(0, 0.004, 0, w, 0.008, l, Material.plain(palette.vivid()))
                .box(0, 0.006, 0, w - border, 0.012, l - border, palette.patterned(1, dice.between(0.12, 0.3)))
                .done();
    }
}
