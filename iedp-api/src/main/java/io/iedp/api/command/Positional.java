package io.iedp.api.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a command's configuration record that takes arguments without a name, as in {@code iedp verify DIR...}: a
 * text, path, number or choice, or a list of them. Such components take the arguments in the order of the record, and only
 * the last of them may be a list or may be left out, with a {@link io.iedp.api.config.Default} or as an {@code Optional}.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Positional {
    /** What the help calls one argument, as in {@code DIR}. */
    String value();
}
