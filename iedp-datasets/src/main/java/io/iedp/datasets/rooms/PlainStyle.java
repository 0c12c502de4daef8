package io.iedp.datasets.rooms;

import java.util.List;

/** One form of most things, lit by lamps, seen from the height of the eyes. */
record PlainStyle(Dice dice, Palette palette) implements Style {
    PlainStyle(Dice dice) {
        this(dice, new PlainPalette(dice));
    }

    @Override
    public Shell shell() {
        return new Shell(
                dice.between(3.2, 5.5),
                dice.between(2.4, 3.0),
                dice.between(4.0, 6.5),
                palette.floor(),
                palette.ceiling(),
                palette.walls());
    }

    @Override
    public Furnishings furnishings() {
        return new PlainFurnishings(dice, palette);
    }

    @Override
    public Room.Light ceilingLight(Pose place, double ceiling) {
        double power = dice.between(0.6, 0.95);
        double warmth = dice.between(-0.08, 0.15);
        return new Room.Light(
                place.x(), ceiling - 0.45, place.z(), 0.3, power * (1 + warmth / 2), power, power * (1 - warmth));
    }

    @Override
    public Room.Light standingLight(Pose place, double height) {
        double power = dice.between(0.1, 0.25);
        return new Room.Light(place.x(), height, place.z(), 0.3, power, power * 0.85, power * 0.6);
    }

    @Override
    public List<Room.Light> daylight(Shell shell, List<Room.Furniture> furniture) {
        return List.of();
    }

    @Override
    public double ambient() {
        return dice.between(0.3, 0.5);
    }

    @Override
    public boolean mixes() {
        return false;
    }

    /** Looks at something in the room's middle. */
    @Override
    public Camera camera(Shell shell) {
        Vec eye = new Vec(shell.width() * dice.between(0.15, 0.85), dice.between(1.1, 1.9), dice.between(0.15, 0.6));
        double toX = shell.width() * dice.between(0.25, 0.75);
        double toY = dice.between(0.4, 1.3);
        double toZ = shell.depth() * dice.between(0.5, 0.85);
        double roll = dice.between(-0.06, 0.06);
        return Camera.towards(eye, new Vec(toX, toY, toZ), roll, StrictMath.tan(dice.between(0.4, 0.62)));
    }
}
