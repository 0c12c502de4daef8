package io.iedp.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value, or a part of it, lets somebody in somewhere: the host shows and keeps it as {@code ***}, or as the reference to the
 * environment that it came from. Of an address, that is the user information and parameters such as a token.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Secret {}
