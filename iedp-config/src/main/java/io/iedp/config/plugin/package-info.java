/**
 * Plugins, each with a class loader of its own: what is installed, by kind and type, and what cannot be taken and why. What
 * a plugin sees of the host is decided here.
 */
package io.iedp.config.plugin;
