package io.iedp.io.pickle;

import io.iedp.io.pickle.Pickled.Global;

/** What the things mean that a pickle can hold besides plain values; each method may refuse with a {@link BrokenPickle}. */
public interface Calls {
    /** What the name of a class or function stands for. */
    Object global(Global name);

    /** What a class or function gives for these arguments. */
    Object call(Object callable, Object arguments);

    /** Fills an object with its state. */
    void build(Object target, Object state);

    /** What a reference out of the pickle stands for. */
    Object persistent(Object reference);
}
