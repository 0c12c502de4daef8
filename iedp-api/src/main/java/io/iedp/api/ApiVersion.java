package io.iedp.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The version of this API that a plugin was built for, on its {@link IedpPlugin} class:
 * {@code @ApiVersion(ApiVersion.CURRENT)}. The compiler writes the constant's value into the plugin, so the plugin goes
 * on saying what it was built for when it meets a later host, which refuses it if the two do not fit.
 *
 * <p>A version is {@code MAJOR.MINOR}. A host takes plugins of its own major version with the same or an earlier minor
 * one; while the major version is 0, only those of the very same version. What is marked {@link Experimental} may change
 * without a new version.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ApiVersion {
    /** The version of this API. */
    String CURRENT = "0.2";

    /** As in {@code 0.2}. */
    String value();
}
