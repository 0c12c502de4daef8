/** Many runs of one experiment, and the table of what they came to. */
package io.iedp.launcher.sweep;
