/**
 * Annotations on the components of a configuration record.
 *
 * <p>A configuration record is a plain Java record; its component names, in kebab-case, are the YAML
 * keys ({@code clipLayers} is {@code clip-layers}). A component may be {@code int}, {@code long},
 * {@code double}, {@code boolean}, {@code String}, {@link java.nio.file.Path}, an enum (constants in
 * kebab-case), another such record, {@code List}, {@code Map<String, ...>} or {@code Optional} of
 * those. It is required unless it has a {@link io.iedp.api.config.Default} or is {@code Optional}.
 * Checks that span several components sit in the compact constructor, as an {@link
 * java.lang.IllegalArgumentException} with a message for the user.
 */
package io.iedp.api.config;
