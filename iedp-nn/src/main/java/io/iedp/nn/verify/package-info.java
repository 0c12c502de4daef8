/** Recorded cases in folders, and how far what was computed is off from what they expect. */
package io.iedp.nn.verify;
