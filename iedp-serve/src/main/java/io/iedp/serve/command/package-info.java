/** The command {@code serve}. */
package io.iedp.serve.command;
