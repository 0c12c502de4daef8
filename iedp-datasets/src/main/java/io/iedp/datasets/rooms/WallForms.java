package io.iedp.datasets.rooms;

import io.iedp.datasets.rooms.Material.Pattern;

/**
 * More windows, doors and pictures.
 *
 * @param day whether it is light outside
 */
record WallForms(Dice dice, RichPalette palette, boolean day) {
    /** Panes in a frame of some colour, often with curtains. */
    Piece window() {
        double w = dice.between(0.6, 1.6);
        double h = dice.between(0.8, 1.35);
        double y = dice.between(1.4, 1.5);
        Material frame = dice.chance(0.6) ? palette.plain(0xf4f3ee, 10) : palette.wood();
        Piece.Builder window = Piece.of(Thing.WINDOW)
                .box(0, y + h / 2, -0.02, w + 0.08, 0.07, 0.04, frame)
                .box(0, y - h / 2, -0.02, w + 0.08, 0.07, 0.07, frame)
                .box(-w / 2, y, -0.02, 0.07, h, 0.04, frame)
                .box(w / 2, y, -0.02, 0.07, h, 0.04, frame);
        view(window, w, h, y);
        for (int bar = 1, bars = dice.below(3); bar <= bars; bar++) {
            window.box(w * (bar / (bars + 1.0) - 0.5), y, -0.02, 0.04, h, 0.03, frame);
        }
        for (int bar = 1, bars = dice.below(3); bar <= bars; bar++) {
            window.box(0, y + h * (bar / (bars + 1.0) - 0.5), -0.02, w, 0.04, 0.03, frame);
        }
        if (dice.chance(0.4)) {
            double wide = dice.between(0.15, 0.3);
            double drop = dice.between(h + 0.1, y + h / 2 - 0.05);
            Material curtain = palette.fabric();
            double top = y + h / 2 + 0.06;
            window.box(-w / 2, top - drop / 2, -0.05, wide, drop, 0.04, curtain)
                    .box(w / 2, top - drop / 2, -0.05, wide, drop, 0.04, curtain)
                    .box(0, top, -0.05, w + wide + 0.1, 0.03, 0.03, palette.wood());
        }
        return window.done();
    }

    /** The sky, and often what stands below it. */
    private void view(Piece.Builder window, double w, double h, double y) {
        double glow = day ? 0.9 : 0.7;
        int sky = day ? palette.tint(dice.chance(0.7) ? 0x8fc4ee : 0xd5dce0, 25) : palette.tint(0x1d2740, 25);
        int clouds = day ? palette.tint(0xeef4f8, 10) : palette.tint(0x4a4668, 25);
        window.box(0, y, 0, w, h, 0.03, new Material(sky, clouds, Pattern.CLOUDS, dice.between(0.3, 0.7), glow));
        if (dice.chance(0.5)) {
            double tall = h * dice.between(0.15, 0.5);
            int green = day ? palette.tint(0x5d8a45, 35) : palette.tint(0x16201a, 10);
            window.box(
                    0,
                    y - (h - tall) / 2,
                    -0.003,
                    w,
                    tall,
                    0.03,
                    new Material(green, palette.tint(green, 40), Pattern.CLOUDS, 0.15, glow));
        }
    }

    private Piece.Builder frame(double w, double h, Material frame) {
        return Piece.of(Thing.DOOR)
                .box(-w / 2 - 0.03, h / 2, -0.01, 0.08, h, 0.06, frame)
                .box(w / 2 + 0.03, h / 2, -0.01, 0.08, h, 0.06, frame)
                .box(0, h + 0.03, -0.01, w + 0.14, 0.08, 0.06, frame);
    }

    private Material leaf() {
        return dice.chance(0.5) ? palette.wood() : dice.chance(0.5) ? palette.lacquer() : palette.plain(0xe4e0d7, 15);
    }

    /** In one piece, with a lever. */
    Piece flatDoor() {
        double w = dice.between(0.75, 0.95);
        double h = dice.between(1.95, 2.1);
        return frame(w, h, leaf())
                .box(0, h / 2, 0, w, h, 0.04, leaf())
                .box(w * 0.36, h * 0.49, -0.05, 0.14, 0.03, 0.03, palette.plain(0xb0aca4, 40))
                .box(w * 0.42, h * 0.49, -0.03, 0.05, 0.16, 0.02, palette.plain(0xb0aca4, 40))
                .done();
    }

    /** With a pane in its upper part. */
    Piece glassDoor() {
        double w = dice.between(0.8, 0.95);
        double h = dice.between(1.95, 2.1);
        Material wood = leaf();
        Material pane = new Material(
                palette.tint(0xb9cdd4, 15), palette.tint(0xdfe8ea, 10), Pattern.CLOUDS, 0.3, day ? 0.5 : 0.1);
        return frame(w, h, leaf())
                .box(0, h / 2, 0, w, h, 0.04, wood)
                .box(0, h * 0.7, -0.015, w * 0.62, h * 0.4, 0.03, pane)
                .box(0, h * 0.25, -0.02, w * 0.62, h * 0.25, 0.02, wood)
                .ball(w * 0.42, h * 0.48, -0.05, 0.035, palette.lacquer())
                .done();
    }

    /** With two leaves. */
    Piece doubleDoor() {
        double w = dice.between(1.1, 1.4);
        double h = dice.between(1.95, 2.1);
        Material wood = leaf();
        Material gap = Material.plain(0x2c2620);
        Piece.Builder door =
                frame(w, h, leaf()).box(0, h / 2, 0, w, h, 0.04, wood).box(0, h / 2, -0.02, 0.015, h, 0.01, gap);
        for (int side = -1; side <= 1; side += 2) {
            door.box(side * w * 0.25, h * 0.7, -0.02, w * 0.34, h * 0.36, 0.03, wood)
                    .box(side * w * 0.25, h * 0.26, -0.02, w * 0.34, h * 0.3, 0.03, wood)
                    .ball(side * 0.06, h * 0.48, -0.05, 0.035, palette.lacquer());
        }
        return door.done();
    }

    private Piece.Builder framed(double y, double w, double h) {
        return Piece.of(Thing.PICTURE).box(0, y, 0, w, h, 0.03, dice.chance(0.6) ? palette.wood() : palette.lacquer());
    }

    /** Sky, hills and a sun. */
    Piece landscape() {
        double w = dice.between(0.6, 1.3);
        double h = dice.between(0.4, 0.8);
        double y = dice.between(1.4, 1.65);
        double land = (h - 0.1) * dice.between(0.25, 0.6);
        Material sky = new Material(palette.vivid(), palette.tint(0xe8e4d8, 20), Pattern.CLOUDS, 0.25, 0);
        return framed(y, w, h)
                .box(0, y, -0.012, w - 0.1, h - 0.1, 0.02, sky)
                .box(0, y - (h - 0.1 - land) / 2, -0.014, w - 0.1, land, 0.02, palette.patterned(1, 0.1))
                .box(dice.between(-0.3, 0.3) * w, y + h * 0.2, -0.014, 0.09, 0.09, 0.02, Material.plain(0xf3d36a))
                .done();
    }

    /** Head and shoulders, in a wide mount. */
    Piece portrait() {
        double w = dice.between(0.4, 0.7);
        double h = w * dice.between(1.2, 1.5);
        double y = dice.between(1.45, 1.6);
        Material skin = palette.plain(dice.chance(0.5) ? 0xd8a98a : 0x8a5a3c, 25);
        return framed(y, w, h)
                .box(0, y, -0.012, w - 0.08, h - 0.08, 0.02, palette.plain(0xefebe2, 10))
                .box(0, y, -0.014, w * 0.7, h * 0.74, 0.02, Material.plain(palette.vivid()))
                .box(0, y - h * 0.22, -0.016, w * 0.5, h * 0.3, 0.02, Material.plain(palette.vivid()))
                .box(0, y + h * 0.08, -0.018, w * 0.26, h * 0.3, 0.02, skin)
                .done();
    }

    /** Rectangles of strong colours. */
    Piece abstractPicture() {
        double w = dice.between(0.5, 1.2);
        double h = dice.between(0.5, 0.9);
        double y = dice.between(1.45, 1.6);
        Piece.Builder picture =
                framed(y, w, h).box(0, y, -0.012, w - 0.06, h - 0.06, 0.02, Material.plain(palette.vivid()));
        int parts = 2 + dice.below(4);
        for (int i = 0; i < parts; i++) {
            double wide = w * dice.between(0.15, 0.45);
            double tall = h * dice.between(0.15, 0.45);
            picture.box(
                    dice.between(-0.5, 0.5) * (w - wide - 0.08),
                    y + dice.between(-0.5, 0.5) * (h - tall - 0.08),
                    -0.013 - 0.001 * i,
                    wide,
                    tall,
                    0.02,
                    palette.fabric());
        }
        return picture.done();
    }
}
