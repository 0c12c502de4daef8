/** What goes along with training: early stopping, and records for other programs. */
package io.iedp.hooks;
