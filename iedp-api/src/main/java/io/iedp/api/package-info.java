/**
 * The entry points for plugins: {@link io.iedp.api.IedpPlugin} lists factories, a {@link
 * io.iedp.api.ComponentFactory} makes a component from its configuration record.
 */
package io.iedp.api;
