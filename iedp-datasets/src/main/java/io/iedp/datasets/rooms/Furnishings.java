package io.iedp.datasets.rooms;

/** The things of a room, each different from the last. */
interface Furnishings {
    Piece bed();

    /** A table to eat or work at. */
    Piece table();

    Piece coffeeTable();

    Piece chair();

    Piece cabinet();

    /** A shelf with books. */
    Piece shelf();

    Piece sofa();

    Piece standingLamp(double height);

    /** A lamp below the ceiling. */
    Piece ceilingLamp(double ceiling);

    Piece plant();

    Piece ball();

    Piece rug();

    Piece window();

    Piece door();

    Piece picture();
}
