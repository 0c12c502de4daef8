package io.iedp.datasets.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Furnishes a room at random: what stands in it depends on what it is used for. */
final class RoomBuilder {
    private static final double CHAIR_SPACE = 0.6;

    private final Dice dice;
    private final Style style;
    private final Shell shell;
    private final Furnishings furnishings;
    private final FloorPlan plan;
    private final List<Room.Furniture> furniture = new ArrayList<>();
    private final List<Room.Light> lights = new ArrayList<>();

    RoomBuilder(Dice dice, RoomsConfig.Variety variety) {
        this.dice = dice;
        style = Style.of(variety, dice);
        shell = style.shell();
        furnishings = style.furnishings();
        plan = new FloorPlan(dice, shell.width(), shell.depth());
    }

    Room build() {
        ceilingLamp();
        walls();
        String kind = dice.oneOf(List.of("bedroom", "kitchen", "living room", "office"));
        switch (kind) {
            case "bedroom" -> bedroom();
            case "kitchen" -> kitchen();
            case "living room" -> livingRoom();
            default -> office();
        }
        if (style.mixes()) {
            others();
        }
        lights.addAll(style.daylight(shell, furniture));
        return new Room(kind, shell, furniture, lights, style.ambient(), style.camera(shell));
    }

    private void walls() {
        some(1, 2, () -> put(furnishings.window(), plan::onWall));
        maybe(0.75, () -> put(furnishings.door(), plan::inWall));
        some(0, 3, () -> put(furnishings.picture(), plan::onWall));
    }

    private void bedroom() {
        put(furnishings.bed(), plan::againstWall);
        maybe(0.8, () -> put(furnishings.cabinet(), plan::againstWall));
        maybe(0.6, () -> put(furnishings.rug(), plan::lying));
        maybe(0.6, this::standingLamp);
        maybe(0.5, () -> stand(furnishings.chair()));
        some(0, 2, () -> stand(furnishings.ball()));
        maybe(0.4, () -> stand(furnishings.plant()));
    }

    private void kitchen() {
        some(1, 3, () -> put(furnishings.cabinet(), plan::againstWall));
        tableWithChairs();
        maybe(0.5, () -> put(furnishings.shelf(), plan::againstWall));
        maybe(0.5, () -> stand(furnishings.plant()));
    }

    private void livingRoom() {
        some(1, 2, () -> put(furnishings.sofa(), plan::againstWall));
        maybe(0.75, () -> put(furnishings.rug(), plan::lying));
        maybe(0.7, () -> stand(furnishings.coffeeTable()));
        maybe(0.6, () -> put(furnishings.shelf(), plan::againstWall));
        maybe(0.7, () -> stand(furnishings.plant()));
        maybe(0.5, this::standingLamp);
        some(0, 2, () -> stand(furnishings.ball()));
    }

    private void office() {
        tableWithChairs();
        some(1, 2, () -> put(furnishings.shelf(), plan::againstWall));
        maybe(0.6, () -> put(furnishings.cabinet(), plan::againstWall));
        maybe(0.6, () -> stand(furnishings.plant()));
        maybe(0.5, this::standingLamp);
    }

    private void others() {
        maybe(0.2, () -> put(furnishings.sofa(), plan::againstWall));
        maybe(0.1, () -> put(furnishings.bed(), plan::againstWall));
        maybe(0.25, () -> put(furnishings.rug(), plan::lying));
        some(0, 1, () -> stand(furnishings.ball()));
        maybe(0.2, () -> stand(furnishings.chair()));
        maybe(0.2, this::standingLamp);
    }

    private void tableWithChairs() {
        Piece table = furnishings.table();
        put(table, piece -> plan.standing(piece, CHAIR_SPACE)).ifPresent(place -> {
            double aside = table.bounds().maxX() + dice.between(0.0, 0.2);
            double ahead = table.bounds().maxZ() + dice.between(0.0, 0.2);
            List<Pose> places = List.of(
                    place.beside(0, ahead, 0),
                    place.beside(0, -ahead, Math.PI),
                    place.beside(aside, 0, -Math.PI / 2),
                    place.beside(-aside, 0, Math.PI / 2));
            int chairs = 1 + dice.below(4);
            int first = dice.below(4);
            for (int i = 0; i < chairs; i++) {
                furniture.add(new Room.Furniture(furnishings.chair(), places.get((first + i) % 4)));
            }
        });
    }

    private void standingLamp() {
        double tall = dice.between(1.3, 1.7);
        put(furnishings.standingLamp(tall), piece -> plan.standing(piece, 0))
                .ifPresent(place -> lights.add(style.standingLight(place, tall)));
    }

    private void ceilingLamp() {
        Pose place = Pose.of(shell.width() * dice.between(0.3, 0.7), shell.depth() * dice.between(0.35, 0.75), 0);
        furniture.add(new Room.Furniture(furnishings.ceilingLamp(shell.height()), place));
        lights.add(style.ceilingLight(place, shell.height()));
    }

    // How many there are, and where.

    private void maybe(double probability, Runnable put) {
        if (dice.chance(probability)) {
            put.run();
        }
    }

    private void some(int least, int most, Runnable put) {
        int count = least + dice.below(most - least + 1);
        for (int i = 0; i < count; i++) {
            put.run();
        }
    }

    private void stand(Piece piece) {
        put(piece, each -> plan.standing(each, 0));
    }

    /** Adds the piece, if there is a place for it. */
    private Optional<Pose> put(Piece piece, Function<Piece, Optional<Pose>> finder) {
        Optional<Pose> place = finder.apply(piece);
        place.ifPresent(found -> furniture.add(new Room.Furniture(piece, found)));
        return place;
    }
}
