package io.iedp.datasets.rooms;

/** More tables, cabinets and shelves. */
record StorageForms(Dice dice, RichPalette palette) {
    /** On one leg or on three. */
    Piece roundTable(double radius, double h) {
        Material top = surface();
        Material frame = dice.chance(0.5) ? top : palette.lacquer();
        Piece.Builder table = Piece.of(Thing.TABLE).drum(0, h, 0, radius, dice.between(0.03, 0.06), top);
        if (dice.chance(0.6)) {
            table.drum(0, h / 2, 0, 0.05, h, frame).cone(0, 0.03, 0, radius * 0.6, radius * 0.25, 0.06, frame);
        } else {
            double leg = radius * 0.65;
            table.drum(0, h / 2, leg, 0.03, h, frame)
                    .drum(leg * 0.87, h / 2, -leg / 2, 0.03, h, frame)
                    .drum(-leg * 0.87, h / 2, -leg / 2, 0.03, h, frame);
        }
        return table.done();
    }

    /** With round legs, and often a board below. */
    Piece squareTable(double w, double h) {
        Material top = surface();
        Material frame = dice.chance(0.5) ? top : palette.lacquer();
        Piece.Builder table = Piece.of(Thing.TABLE).box(0, h, 0, w, dice.between(0.03, 0.1), w, top);
        for (int leg = 0; leg < 4; leg++) {
            table.drum(((leg & 1) - 0.5) * w * 0.9, h / 2, ((leg >> 1) - 0.5) * w * 0.9, 0.03, h, frame);
        }
        if (dice.chance(0.4)) {
            table.box(0, h * 0.35, 0, w * 0.88, 0.03, w * 0.88, top);
        }
        return table.done();
    }

    /** On two boards. */
    Piece panelTable(double w, double d, double h) {
        Material top = surface();
        return Piece.of(Thing.TABLE)
                .box(0, h, 0, w, 0.05, d, top)
                .box(-w / 2 + 0.06, h / 2, 0, 0.05, h, d * 0.9, top)
                .box(w / 2 - 0.06, h / 2, 0, 0.05, h, d * 0.9, top)
                .box(0, h * 0.6, d * 0.3, w * 0.86, 0.15, 0.03, top)
                .done();
    }

    private Material surface() {
        return dice.chance(0.65) ? palette.wood() : palette.lacquer();
    }

    /** Rows of drawers with knobs. */
    Piece drawers() {
        double w = dice.between(0.6, 1.2);
        double h = dice.between(0.7, 1.2);
        double d = dice.between(0.4, 0.55);
        int rows = 3 + dice.below(3);
        Material gap = Material.plain(0x2c2620);
        Material knob = palette.lacquer();
        Piece.Builder cabinet = Piece.of(Thing.CABINET).box(0, h / 2, 0, w, h, d, surface());
        for (int row = 0; row < rows; row++) {
            double y = h * (row + 0.5) / rows;
            cabinet.ball(-w * 0.22, y, -d / 2 - 0.01, 0.03, knob).ball(w * 0.22, y, -d / 2 - 0.01, 0.03, knob);
            if (row > 0) {
                cabinet.box(0, h * row / rows, -d / 2, w * 0.96, 0.018, 0.012, gap);
            }
        }
        return cabinet.done();
    }

    /** Tall, with doors that lie on it, and a cornice. */
    Piece wardrobe() {
        double w = dice.between(0.9, 1.7);
        double h = dice.between(1.7, 2.15);
        double d = dice.between(0.5, 0.6);
        int doors = w > 1.3 ? 3 : 2;
        Material body = surface();
        Material front = dice.chance(0.5) ? body : surface();
        Material handle = palette.lacquer();
        Piece.Builder cabinet = Piece.of(Thing.CABINET)
                .box(0, h / 2 + 0.03, 0, w, h - 0.06, d, body)
                .box(0, h, 0, w + 0.08, 0.07, d, body)
                .box(0, 0.05, 0, w * 0.98, 0.1, d * 0.9, Material.plain(0x2c2620));
        double each = w / doors;
        for (int i = 0; i < doors; i++) {
            double x = (i - (doors - 1) / 2.0) * each;
            cabinet.box(x, h / 2, -d / 2 - 0.01, each * 0.93, h * 0.86, 0.02, front)
                    .box(x + each * 0.36, h * 0.5, -d / 2 - 0.03, 0.025, 0.25, 0.02, handle);
        }
        return cabinet.done();
    }

    /** Low and wide, on legs. */
    Piece sideboard() {
        double w = dice.between(1.2, 1.8);
        double h = dice.between(0.6, 0.9);
        double d = dice.between(0.4, 0.5);
        double leg = dice.between(0.1, 0.2);
        Material body = surface();
        Material front = dice.chance(0.5) ? body : surface();
        Piece.Builder cabinet = Piece.of(Thing.CABINET)
                .box(0, leg + (h - leg) / 2, 0, w, h - leg, d, body)
                .legs(w * 0.9, d * 0.8, leg, 0.05, palette.lacquer());
        for (int i = -1; i <= 1; i++) {
            cabinet.box(i * w / 3, leg + (h - leg) / 2, -d / 2 - 0.01, w / 3 - 0.05, (h - leg) * 0.84, 0.02, front)
                    .ball(i * w / 3 + w * 0.1, leg + (h - leg) * 0.55, -d / 2 - 0.03, 0.025, Material.plain(0x303030));
        }
        return cabinet.done();
    }

    /** Boards between posts without a back, with books, boxes and vases. */
    Piece openShelf() {
        double w = dice.between(0.7, 1.3);
        double h = dice.between(1.3, 2.1);
        double d = dice.between(0.28, 0.36);
        Material board = surface();
        Piece.Builder shelf = Piece.of(Thing.SHELF).legs(w, d * 0.9, h, 0.04, palette.lacquer());
        int boards = 4 + dice.below(3);
        for (int i = 0; i < boards; i++) {
            double y = 0.1 + (h - 0.12) * i / (boards - 1);
            shelf.box(0, y, 0, w, 0.03, d, board);
            if (i < boards - 1) {
                fill(shelf, w, y + 0.015, (h - 0.12) / (boards - 1) - 0.06);
            }
        }
        return shelf.done();
    }

    /** Half as high and wide, with a back. */
    Piece lowShelf() {
        double w = dice.between(1.0, 1.7);
        double h = dice.between(0.75, 1.1);
        double d = 0.32;
        Material body = surface();
        Piece.Builder shelf = Piece.of(Thing.SHELF)
                .box(-w / 2, h / 2, 0, 0.04, h, d, body)
                .box(w / 2, h / 2, 0, 0.04, h, d, body)
                .box(0, h / 2, 0, 0.03, h, d, body)
                .box(0, h / 2, d / 2, w, h, 0.02, palette.wood());
        int rows = 2 + dice.below(2);
        for (int row = 0; row <= rows; row++) {
            double y = 0.04 + (h - 0.06) * row / rows;
            shelf.box(0, y, 0, w, 0.03, d, body);
            if (row < rows) {
                fill(shelf, w - 0.06, y + 0.015, (h - 0.06) / rows - 0.05);
            }
        }
        return shelf.done();
    }

    /** Puts things in a row on a board. */
    private void fill(Piece.Builder shelf, double w, double y, double room) {
        double at = -w / 2 + 0.07;
        while (at < w / 2 - 0.16) {
            double tall = room * dice.between(0.5, 0.95);
            double thick = dice.between(0.03, 0.07);
            switch (dice.below(10)) {
                case 0 -> {
                    thick = 0.14;
                    shelf.cone(at + 0.07, y + tall / 2, 0, 0.05, 0.07, tall, palette.lacquer());
                }
                case 1 -> {
                    thick = 0.16;
                    shelf.box(at + 0.08, y + room * 0.3, 0.02, 0.15, room * 0.6, 0.2, palette.fabric());
                }
                case 2 -> thick = 0.12;
                default ->
                    shelf.box(at + thick / 2, y + tall / 2, 0.02, thick, tall, 0.2, Material.plain(palette.vivid()));
            }
            at += thick + 0.008;
        }
    }
}
