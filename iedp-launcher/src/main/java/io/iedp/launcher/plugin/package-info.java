/** Finds plugins and keeps what they bring, by kind and type. */
package io.iedp.launcher.plugin;
