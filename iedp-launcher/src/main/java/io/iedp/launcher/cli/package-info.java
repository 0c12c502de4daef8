/** The command line. */
package io.iedp.launcher.cli;
