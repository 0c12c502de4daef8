/** Heads for dense prediction from a pyramid of features. */
package io.iedp.heads;
