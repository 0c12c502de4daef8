package io.iedp.datasets.rooms;

import java.util.List;

/** What rooms of one variety look like: all but which things stand where. */
interface Style {
    /** The style of one room, which takes its random numbers from those dice. */
    static Style of(RoomsConfig.Variety variety, Dice dice) {
        return switch (variety) {
            case PLAIN -> new PlainStyle(dice);
            case RICH -> new RichStyle(dice);
        };
    }

    Shell shell();

    Furnishings furnishings();

    /** The light of the lamp that hangs there. */
    Room.Light ceilingLight(Pose place, double ceiling);

    /** The light of a lamp of that height. */
    Room.Light standingLight(Pose place, double height);

    /** Light that no lamp gives. */
    List<Room.Light> daylight(Shell shell, List<Room.Furniture> furniture);

    /** Light from everywhere, as a share of full brightness. */
    double ambient();

    /** Whether rooms also have things that are rare where they are used so, such as a sofa in a kitchen. */
    boolean mixes();

    /** Near the near wall, looking into the room. */
    Camera camera(Shell shell);
}
