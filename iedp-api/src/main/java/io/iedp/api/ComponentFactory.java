package io.iedp.api;

/**
 * Makes one type of component from its part of an experiment file.
 *
 * @param <C> the configuration record that the YAML is bound to; see {@link io.iedp.api.config}
 * @param <X> what the host hands over
 * @param <T> the component
 */
public interface ComponentFactory<C extends Record, X, T> {
    /**
     * The name that an experiment file uses, as in {@code type: semantic-fpn}. Lower-case words joined
     * by hyphens; a third party puts its own name before a slash, as in {@code acme/segment-anything}.
     */
    String type();

    /** The record that the component's YAML keys are bound to. */
    Class<C> configuration();

    /** One sentence for {@code iedp plugins} and {@code iedp describe}. */
    String description();

    /**
     * Makes the component.
     *
     * @throws UserException if the configuration is well-formed but cannot work, such as a weights
     *     file of another model
     */
    T create(C configuration, X context);
}
