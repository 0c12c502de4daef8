package io.iedp.datasets.rooms;

/** More beds, chairs and sofas. */
record SeatForms(Dice dice, RichPalette palette) {
    /** With a post at each corner. */
    Piece postBed() {
        double w = dice.between(1.0, 1.7);
        double l = dice.between(1.85, 2.05);
        double h = dice.between(0.45, 0.6);
        double post = dice.between(0.8, 1.7);
        Material wood = palette.wood();
        Piece.Builder bed = mattress(w, l, h)
                .box(0, h * 0.45, 0, w, 0.12, l, wood)
                .box(0, h * 1.2, l / 2, w, h * 0.8, 0.05, wood)
                .box(0, h * 0.6, -l / 2, w, h * 0.6, 0.05, wood)
                .legs(w, l, post, 0.08, wood);
        return bed.done();
    }

    /** A thick mattress on a plinth. */
    Piece lowBed() {
        double w = dice.between(0.9, 1.8);
        double l = dice.between(1.85, 2.05);
        double h = dice.between(0.3, 0.45);
        Material cloth = palette.fabric();
        return mattress(w, l, h)
                .box(0, h * 0.35, 0, w + 0.1, h * 0.6, l + 0.06, cloth)
                .box(0, h * 1.1, l / 2 + 0.06, w + dice.between(0.1, 0.6), h * 2.2, 0.12, cloth)
                .done();
    }

    /** With bars at head and foot. */
    Piece metalBed() {
        double w = dice.between(0.9, 1.5);
        double l = dice.between(1.85, 2.0);
        double h = dice.between(0.45, 0.6);
        Material metal = palette.lacquer();
        Piece.Builder bed = mattress(w, l, h);
        bed.box(0, h * 0.5, 0, w, 0.06, l, metal);
        for (int end = -1; end <= 1; end += 2) {
            double tall = end < 0 ? h * 1.3 : h * 2.0;
            bed.box(0, tall, end * l / 2, w, 0.05, 0.05, metal);
            for (int bar = 0; bar < 5; bar++) {
                bed.drum((bar / 4.0 - 0.5) * w, tall / 2, end * l / 2, 0.022, tall, metal);
            }
        }
        return bed.done();
    }

    /** Mattress, blanket and pillows whose upper side is a little over that height. */
    private Piece.Builder mattress(double w, double l, double h) {
        double covered = dice.between(0.45, 0.9);
        Piece.Builder bed = Piece.of(Thing.BED)
                .box(0, h * 0.8, 0, w * 0.96, h * 0.4, l * 0.97, palette.plain(0xf1eee6, 14))
                .box(0, h * 0.82, (covered - 1) * l * 0.48, w * 0.99, h * 0.42, l * 0.97 * covered, palette.fabric());
        int pillows = w > 1.2 ? 2 : 1;
        Material linen = dice.chance(0.6) ? palette.plain(0xf8f6f0, 8) : palette.fabric();
        for (int i = 0; i < pillows; i++) {
            double side = (i - (pillows - 1) / 2.0) * w * 0.48;
            bed.box(side, h + 0.06, l * 0.38, w * 0.42, 0.14, 0.32, linen);
        }
        return bed;
    }

    Piece armchair() {
        double w = dice.between(0.5, 0.64);
        double h = dice.between(0.4, 0.46);
        double tall = dice.between(0.4, 0.55);
        Material cloth = palette.fabric();
        Material frame = palette.wood();
        return Piece.of(Thing.CHAIR)
                .box(0, h - 0.04, 0, w, 0.12, 0.5, cloth)
                .box(0, h + tall / 2, 0.22, w, tall, 0.08, cloth)
                .box(-w / 2, h + 0.2, 0, 0.06, 0.05, 0.46, frame)
                .box(w / 2, h + 0.2, 0, 0.06, 0.05, 0.46, frame)
                .box(-w / 2, h + 0.08, -0.19, 0.05, 0.24, 0.05, frame)
                .box(w / 2, h + 0.08, -0.19, 0.05, 0.24, 0.05, frame)
                .legs(w - 0.05, 0.42, h - 0.1, 0.05, frame)
                .done();
    }

    /** On a column with a round foot. */
    Piece officeChair() {
        double h = dice.between(0.42, 0.52);
        Material cloth = palette.fabric();
        Material metal = Material.plain(palette.tint(0x38383c, 25));
        return Piece.of(Thing.CHAIR)
                .cone(0, 0.04, 0, 0.26, 0.1, 0.08, metal)
                .drum(0, h / 2, 0, 0.03, h, metal)
                .box(0, h, 0, 0.48, 0.09, 0.46, cloth)
                .box(0, h + 0.2, 0.21, 0.05, 0.3, 0.03, metal)
                .box(0, h + 0.38, 0.2, 0.44, dice.between(0.3, 0.5), 0.07, cloth)
                .done();
    }

    /** With bars for a back. */
    Piece slatChair() {
        double h = dice.between(0.42, 0.48);
        double tall = dice.between(0.4, 0.6);
        Material frame = dice.chance(0.5) ? palette.wood() : palette.lacquer();
        Piece.Builder chair = Piece.of(Thing.CHAIR)
                .box(0, h, 0, 0.42, 0.05, 0.42, dice.chance(0.4) ? palette.fabric() : frame)
                .box(0, h + tall, 0.2, 0.44, 0.08, 0.04, frame)
                .legs(0.38, 0.38, h, 0.045, frame);
        for (int bar = 0; bar < 4; bar++) {
            chair.box((bar / 3.0 - 0.5) * 0.38, h + tall / 2, 0.2, 0.03, tall, 0.03, frame);
        }
        return chair.done();
    }

    /** With a round seat. */
    Piece roundChair() {
        double h = dice.between(0.43, 0.5);
        double tall = dice.between(0.35, 0.5);
        Material frame = palette.lacquer();
        Material seat = dice.chance(0.5) ? palette.fabric() : palette.wood();
        return Piece.of(Thing.CHAIR)
                .drum(0, h, 0, 0.23, 0.06, seat)
                .box(0, h + 0.12 + tall / 2, 0.21, 0.36, tall, 0.04, seat)
                .box(-0.14, h + 0.1, 0.2, 0.03, 0.25, 0.03, frame)
                .box(0.14, h + 0.1, 0.2, 0.03, 0.25, 0.03, frame)
                .legs(0.3, 0.3, h, 0.035, frame)
                .done();
    }

    /** On feet, with slim arms. */
    Piece leggedSofa() {
        double w = dice.between(1.3, 2.1);
        double arm = dice.between(0.45, 0.6);
        Material cloth = palette.fabric();
        Material frame = palette.wood();
        int seats = w > 1.7 ? 3 : 2;
        Piece.Builder sofa = Piece.of(Thing.SOFA)
                .box(0, 0.22, 0, w, 0.12, 0.8, cloth)
                .box(0, 0.55, 0.33, w, 0.55, 0.16, cloth)
                .box(-w / 2, 0.15 + arm / 2, 0, 0.09, arm, 0.82, cloth)
                .box(w / 2, 0.15 + arm / 2, 0, 0.09, arm, 0.82, cloth)
                .legs(w * 0.92, 0.7, 0.18, 0.06, frame);
        return cushions(sofa, w - 0.12, seats, cloth).done();
    }

    /** With a longer seat at one end. */
    Piece cornerSofa() {
        double w = dice.between(1.7, 2.3);
        double side = dice.chance(0.5) ? 1 : -1;
        double reach = dice.between(1.2, 1.5);
        Material cloth = palette.fabric();
        Piece.Builder sofa = Piece.of(Thing.SOFA)
                .box(0, 0.18, 0, w, 0.32, 0.85, cloth)
                .box(0, 0.5, 0.34, w, 0.5, 0.18, cloth)
                .box(side * (w / 2 - 0.35), 0.2, 0.425 - reach / 2, 0.7, 0.4, reach, cloth)
                .box(-side * w / 2, 0.32, 0, 0.16, 0.5, 0.85, cloth);
        return cushions(sofa, w - 0.2, 3, cloth).done();
    }

    /** Low, with arms as thick as its back. */
    Piece thickSofa() {
        double w = dice.between(1.5, 2.2);
        double tall = dice.between(0.6, 0.8);
        double thick = dice.between(0.22, 0.32);
        Material cloth = palette.fabric();
        Piece.Builder sofa = Piece.of(Thing.SOFA)
                .box(0, 0.17, 0, w, 0.3, 0.9, cloth)
                .box(0, tall / 2 + 0.03, 0.45 - thick / 2, w, tall, thick, cloth)
                .drum(-w / 2 + thick / 2, 0.3, -0.4, thick / 2, 0.56, cloth)
                .drum(w / 2 - thick / 2, 0.3, -0.4, thick / 2, 0.56, cloth)
                .box(-w / 2 + thick / 2, 0.3, 0, thick, 0.56, 0.8, cloth)
                .box(w / 2 - thick / 2, 0.3, 0, thick, 0.56, 0.8, cloth);
        return cushions(sofa, w - 2 * thick, 2, cloth).done();
    }

    private Piece.Builder cushions(Piece.Builder sofa, double width, int seats, Material cloth) {
        Material seat = dice.chance(0.6) ? cloth : palette.fabric();
        double each = width / seats;
        for (int i = 0; i < seats; i++) {
            double x = (i - (seats - 1) / 2.0) * each;
            sofa.box(x, 0.38, -0.06, each * 0.95, 0.13, 0.66, seat);
            if (dice.chance(0.5)) {
                sofa.box(x, 0.56, 0.16, Math.min(0.42, each * 0.8), 0.34, 0.13, palette.fabric());
            }
        }
        return sofa;
    }
}
