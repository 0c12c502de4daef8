package io.iedp.api.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;

/**
 * A scope in the tree of a model's parameters, from which layers take theirs while they are built. The
 * full name of a parameter is the path of its scope, with dots, and its own name. Where values come
 * from (a file or an initializer), whether they train and on which device they live is the scope's
 * affair, so layer code is the same for all.
 *
 * <p>An array keeps its identity for the life of the model: optimizer and checkpoints change it in
 * place. It must not be closed by the component.
 */
public interface Weights {
    /** The scope below this one; {@code name} may have several parts joined by dots. */
    Weights scope(String name);

    /** This scope with its values read from the source, by names relative to this scope. */
    Weights from(WeightSource source);

    /** This scope with whatever is created in it kept from training. */
    Weights frozen();

    /**
     * A parameter of the model.
     *
     * @param name unique in this scope
     * @param initializer used unless the scope has a source
     * @throws IllegalStateException if the name is taken
     */
    NDArray parameter(String name, Shape shape, Initializer initializer);

    /** An array that is saved with the model but never trained, such as running statistics. */
    NDArray buffer(String name, Shape shape, Initializer initializer);

    /**
     * Ends reading from the source of this scope.
     *
     * @throws io.iedp.api.UserException listing by name what is missing in the source, has another
     *     shape there, or was not asked for
     */
    void finish();

    /** The manager that parameters live in: for constants that a component keeps for its life. */
    NDManager manager();
}
