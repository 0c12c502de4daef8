package io.iedp.export.onnx;

/** How pictures come into a graph. */
public enum Pixels {
    /** (B, 3, H, W), 32-bit floats from 0 to 1. */
    FLOAT,
    /** (B, H, W, 3), bytes from 0 to 255. */
    UINT8;

    /** The input that is pictures. */
    public static final String INPUT = "input";
}
