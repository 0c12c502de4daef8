package io.iedp.backbone;

/** What the sizes of a model can be: several times those of any that is published. */
enum Sizes {
    /** More than these halvings leave nothing of a picture. */
    LEVELS(16),
    CHANNELS(65_536),
    HEADS(1024),
    /** Residual blocks of a level. */
    LAYERS(64),
    /** Of a normalization. */
    GROUPS(4096);

    private final int most;

    Sizes(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /**
     * @param what has this size, for messages
     * @throws IllegalArgumentException if it is none
     */
    void require(String what, int size) {
        if (size < 1 || size > most) {
            throw new IllegalArgumentException("%s must be from 1 to %s, not %s".formatted(what, most, size));
        }
    }
}
