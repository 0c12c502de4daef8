package io.iedp.engine.training;

/** Which words guide a model when it is measured, to see what it makes of them. */
public enum Prompts {
    /** Those of the picture itself. */
    TRUE,
    /** None. */
    EMPTY,
    /** Those of some other picture. */
    SHUFFLED,
    /** Those of the picture that has the least in common with it. */
    WRONG
}
