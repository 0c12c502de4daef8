package io.iedp.datasets.rooms;

/** The classes of the rooms. */
enum Thing {
    WALL("wall", 0x9a9a8e),
    FLOOR("floor", 0x8c5a2b),
    CEILING("ceiling", 0xe6e2d3),
    WINDOW("window", 0x55b7e8),
    DOOR("door", 0xb0651d),
    PICTURE("picture", 0xd94fd1),
    RUG("rug", 0xc23b4e),
    BED("bed", 0x2f5fd0),
    TABLE("table", 0xf0a202),
    CHAIR("chair", 0x18a558),
    CABINET("cabinet", 0x6a3fb5),
    SHELF("shelf", 0x0e7c7b),
    SOFA("sofa", 0xff6f61),
    LAMP("lamp", 0xffe74c),
    PLANT("plant", 0x4caf20),
    BALL("ball", 0xe3127e);

    private final String word;
    private final int color;

    Thing(String word, int color) {
        this.word = word;
        this.color = color;
    }

    String word() {
        return word;
    }

    int color() {
        return color;
    }

    /** Whether it is a part of the room itself. */
    boolean isPart() {
        return this == WALL || this == FLOOR || this == CEILING;
    }
}
