package io.iedp.config.experiment;

import io.iedp.config.plugin.Kind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@link Component}s of an experiment's records with the kind that belongs there, directly
 * or as elements of a list, map or optional.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Slot {
    Kind value();
}
