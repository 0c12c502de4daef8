package io.iedp.conditioning;

/** How a picture becomes the square that CLIP takes. */
public enum Fit {
    /** The whole picture, squeezed. */
    SQUEEZE,
    /** The middle of the picture, as CLIP was trained. */
    CROP
}
