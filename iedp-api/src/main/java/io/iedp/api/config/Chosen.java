package io.iedp.api.config;

import io.iedp.api.Experimental;

/**
 * A component that the settings of another one choose, as in {@code loss: {type: lovasz}}. A configuration record has it as the
 * type of a key, also in a {@code List}, {@code Map} or {@code Optional}; what is made says which kind of component
 * belongs there.
 *
 * @param <X> what its factory takes
 * @param <T> what is made
 */
@Experimental
public interface Chosen<X, T> {
    /** The name that the experiment file has. */
    String type();

    /**
     * Makes the component.
     *
     * @throws io.iedp.api.UserException if it cannot work as configured
     */
    T make(X context);
}
