/** Commands that plugins add to the command line. */
@io.iedp.api.Experimental
package io.iedp.api.command;
