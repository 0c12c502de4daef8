package io.iedp.datasets.rooms;

import java.util.ArrayList;
import java.util.List;

/**
 * Many forms of each thing; by day, light comes in through the windows and often from behind the camera, and in the
 * evening the lamps are on.
 */
record RichStyle(Dice dice, RichPalette palette, boolean day) implements Style {
    private static final double EVENING_POWER = 0.5;

    RichStyle(Dice dice) {
        this(dice, new RichPalette(dice), dice.chance(0.6));
    }

    @Override
    public Shell shell() {
        return new Shell(
                dice.between(2.9, 5.4),
                dice.between(2.4, 3.2),
                dice.between(3.6, 6.2),
                palette.floor(),
                palette.ceiling(),
                palette.walls());
    }

    @Override
    public Furnishings furnishings() {
        return new RichFurnishings(dice, palette, day);
    }

    @Override
    public Room.Light ceilingLight(Pose place, double ceiling) {
        double power = day && dice.chance(0.6) ? dice.between(0, 0.2) : dice.between(EVENING_POWER, 1.1);
        return light(new Vec(place.x(), ceiling - dice.between(0.3, 0.6), place.z()), power, dice.between(-0.15, 0.45));
    }

    @Override
    public Room.Light standingLight(Pose place, double height) {
        double power = day ? dice.between(0, 0.2) : dice.between(0.1, 0.5);
        return light(new Vec(place.x(), height, place.z()), power, dice.between(0.1, 0.5));
    }

    @Override
    public List<Room.Light> daylight(Shell shell, List<Room.Furniture> furniture) {
        List<Room.Light> lights = new ArrayList<>();
        if (day) {
            double warmth = dice.between(-0.25, 0.35);
            for (Room.Furniture each : furniture) {
                if (each.piece().thing() == Thing.WINDOW) {
                    Vec before = new Vec(0, each.piece().bounds().middle().y(), -dice.between(0.35, 0.6));
                    lights.add(light(each.place().toRoom(before), dice.between(0.3, 0.8), warmth));
                }
            }
            if (dice.chance(0.5)) {
                Vec behind = new Vec(shell.width() * dice.between(0.1, 0.9), dice.between(1.3, 2.2), 0.35);
                lights.add(light(behind, dice.between(0.2, 0.8), warmth));
            }
        }
        return lights;
    }

    /**
     * A light with hard or soft shadows.
     *
     * @param warmth from blue, below 0, to yellow, above
     */
    private Room.Light light(Vec at, double power, double warmth) {
        return new Room.Light(
                at.x(),
                at.y(),
                at.z(),
                dice.between(0.05, 0.6),
                power * (1 + warmth / 2),
                power * (1 - Math.abs(warmth) / 4),
                power * (1 - warmth));
    }

    @Override
    public double ambient() {
        return day ? dice.between(0.3, 0.6) : dice.between(0.22, 0.45);
    }

    @Override
    public boolean mixes() {
        return true;
    }

    /** From the height of a child to that above a grown-up's head, through lenses from wide to long. */
    @Override
    public Camera camera(Shell shell) {
        Vec eye = new Vec(shell.width() * dice.between(0.12, 0.88), dice.between(0.8, 2.1), dice.between(0.15, 0.9));
        Vec target = new Vec(
                shell.width() * dice.between(0.2, 0.8), dice.between(0.3, 1.3), shell.depth() * dice.between(0.5, 0.9));
        return Camera.towards(eye, target, dice.between(-0.1, 0.1), StrictMath.tan(dice.between(0.34, 0.68)));
    }
}
