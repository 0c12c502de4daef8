/** Commands that plugins add to the command line. */
package io.iedp.api.command;
