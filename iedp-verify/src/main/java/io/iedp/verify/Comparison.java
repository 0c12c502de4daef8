package io.iedp.verify;

/** How what was computed is held against what is expected. */
public sealed interface Comparison {
    /** How far values may be apart. */
    Tolerance tolerance();

    /** Each value against the one at its place: numbers within the tolerance, whole numbers equal. */
    record Values(Tolerance tolerance) implements Comparison {}

    /**
     * Scores against the numbers of the best ones. Scores that are within the tolerance of the best are as good as it:
     * rounding decides between them, so any of their numbers is right.
     *
     * @param axis of the scores, which the numbers lack
     * @param tolerance relative to the largest absolute score
     */
    record Best(int axis, Tolerance tolerance) implements Comparison {}
}
