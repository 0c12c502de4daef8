/** Checkpoints of other projects: whose they are, and what their names are here. */
package io.iedp.checkpoints;
