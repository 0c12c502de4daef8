package io.iedp.engine.data;

/** Hears how far something is that takes long. */
@FunctionalInterface
public interface Advance {
    Advance UNHEARD = (what, done, of) -> {};

    /**
     * @param what goes on, as in {@code evaluating}
     */
    void advanced(String what, int done, int of);
}
