package io.iedp.datasets.rooms;

import java.util.List;
import java.util.function.Supplier;

/** Things in several forms a class, of which the plain one is one. */
record RichFurnishings(
        Dice dice, Furnishings plain, SeatForms seats, StorageForms storage, WallForms onWalls, SmallForms small)
        implements Furnishings {
    RichFurnishings(Dice dice, RichPalette palette, boolean day) {
        this(
                dice,
                new PlainFurnishings(dice, palette),
                new SeatForms(dice, palette),
                new StorageForms(dice, palette),
                new WallForms(dice, palette, day),
                new SmallForms(dice, palette));
    }

    private Piece one(List<Supplier<Piece>> forms) {
        return dice.oneOf(forms).get();
    }

    @Override
    public Piece bed() {
        return one(List.of(plain::bed, seats::postBed, seats::lowBed, seats::metalBed));
    }

    @Override
    public Piece table() {
        double h = dice.between(0.68, 0.8);
        return one(List.of(
                plain::table,
                () -> storage.roundTable(dice.between(0.4, 0.65), h),
                () -> storage.squareTable(dice.between(0.75, 1.1), h),
                () -> storage.panelTable(dice.between(1.0, 1.6), dice.between(0.6, 0.8), h)));
    }

    @Override
    public Piece coffeeTable() {
        double h = dice.between(0.35, 0.5);
        return one(List.of(
                plain::coffeeTable,
                () -> storage.roundTable(dice.between(0.3, 0.55), h),
                () -> storage.squareTable(dice.between(0.6, 0.9), h),
                () -> storage.panelTable(dice.between(0.8, 1.2), dice.between(0.45, 0.65), h)));
    }

    @Override
    public Piece chair() {
        return one(List.of(plain::chair, seats::armchair, seats::officeChair, seats::slatChair, seats::roundChair));
    }

    @Override
    public Piece cabinet() {
        return one(List.of(plain::cabinet, storage::drawers, storage::wardrobe, storage::sideboard));
    }

    @Override
    public Piece shelf() {
        return one(List.of(plain::shelf, storage::openShelf, storage::lowShelf));
    }

    @Override
    public Piece sofa() {
        return one(List.of(plain::sofa, seats::leggedSofa, seats::cornerSofa, seats::thickSofa));
    }

    @Override
    public Piece standingLamp(double height) {
        return one(List.of(
                () -> plain.standingLamp(height),
                () -> small.shadedLamp(height),
                () -> small.globeLamp(height),
                () -> small.paperLamp(height)));
    }

    @Override
    public Piece ceilingLamp(double ceiling) {
        return one(List.of(
                () -> plain.ceilingLamp(ceiling),
                () -> small.pendantLamp(ceiling),
                () -> small.drumLamp(ceiling),
                () -> small.clusterLamp(ceiling)));
    }

    @Override
    public Piece plant() {
        return one(List.of(plain::plant, small::palm, small::cactus, small::bush));
    }

    @Override
    public Piece ball() {
        return dice.chance(0.4) ? plain.ball() : small.ball();
    }

    @Override
    public Piece rug() {
        return dice.chance(0.5) ? plain.rug() : dice.chance(0.5) ? small.roundRug() : small.borderedRug();
    }

    @Override
    public Piece window() {
        return onWalls.window();
    }

    @Override
    public Piece door() {
        return one(List.of(plain::door, onWalls::flatDoor, onWalls::glassDoor, onWalls::doubleDoor));
    }

    @Override
    public Piece picture() {
        return one(List.of(plain::picture, onWalls::landscape, onWalls::portrait, onWalls::abstractPicture));
    }
}
