/** {@code iedp import}. */
package io.iedp.checkpoints.command;
