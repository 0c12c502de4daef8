/** {@code iedp export}. */
package io.iedp.export.command;
